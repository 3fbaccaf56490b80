//! Tests of the format as a whole.

use crate::source::{ReadOptions, Record, Skip, Warning, read_bytes};

fn records(name: &str, bytes: &[u8]) -> Result<Vec<Record>, Skip> {
    let mut records = Vec::new();
    let read = read_bytes(name, bytes, &ReadOptions::default(), |record| {
        records.push(record);
    });
    read.map(|()| records)
}

/// Key, title, date and passages of each document.
#[track_caller]
fn check(name: &str, bytes: &[u8], expected: &[(Option<&str>, &str, &str, &[&str])]) {
    let records = records(name, bytes).expect("documents");
    let date = |record: &Record| record.document.date.map(|(date, _)| date.to_string());
    let actual: Vec<_> = records
        .iter()
        .map(|record| {
            let passages = record.document.passages.iter();
            let passages: Vec<&str> = passages.map(|passage| &*passage.text).collect();
            let title = &*record.document.title;
            (
                record.key.as_deref(),
                title,
                date(record).unwrap_or_default(),
                passages,
            )
        })
        .collect();
    let expected: Vec<_> = expected
        .iter()
        .map(|&(key, title, date, passages)| (key, title, date.to_owned(), passages.to_vec()))
        .collect();
    assert_eq!(actual, expected);
    let mismatched = |warning: &Warning| matches!(warning, Warning::Unaccounted(..));
    assert!(
        !records
            .iter()
            .any(|record| record.warnings.iter().any(mismatched))
    );
}

const HEAD: &str = "From: =?gb2312?B?1LDH+Ldu1ro=?= <a@example.cn>\r\nTo: b@example.cn\r\nDate: Thu, 20 Aug 2009 10:00:00 +0800\r\n\
    Subject: =?utf-8?B?5Zut5Yy65bm05bqm5oC757uT?=\r\nMIME-Version: 1.0\r\n";

#[test]
fn the_last_alternative_and_the_attachments() {
    let mail = format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n\
         --a\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n纯文本。\r\n\
         --a\r\nContent-Type: text/html; charset=gbk\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>=D4=B0=C7=F8=C6=BD=\r\n=CE=C8=A1=A3</p>\r\n--a--\r\n\
         --m\r\nContent-Type: text/plain; name*=utf-8''%E8%A1%A8.csv\r\nContent-Disposition: attachment; filename*=utf-8''%E8%A1%A8.csv\r\n\
         Content-Transfer-Encoding: base64\r\n\r\naWQs5q2j5paHCueUsizkv67ot6/jgIIK\r\n\
         --m\r\nContent-Type: image/png; name=a.png\r\nContent-Disposition: attachment; filename=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--m--\r\n"
    );
    check(
        "甲.eml",
        mail.as_bytes(),
        &[
            (
                None,
                "园区年度总结",
                "2009-08-20",
                &["园区年度总结", "园区平稳。"],
            ),
            (Some("表.csv#甲"), "修路", "", &["修路。"]),
        ],
    );
    let records = records("甲.eml", mail.as_bytes()).expect("documents");
    let skipped = records.iter().flat_map(|record| &record.warnings);
    assert!(
        skipped
            .into_iter()
            .any(|warning| matches!(warning, Warning::PictureInside(name, _) if name == "a.png"))
    );
    let boilerplate: Vec<&str> = records[0]
        .document
        .boilerplate
        .iter()
        .map(|line| &*line.text)
        .collect();
    assert_eq!(boilerplate.len(), 4);
    assert_eq!(boilerplate[3], "Subject: 园区年度总结");
}

#[test]
fn text_in_any_encoding() {
    let (gbk, ..) = encoding_rs::GBK.encode("From: 某人 <a@example.cn>\nTo: b@example.cn\nSubject: 园区总结\n\n园区班子重视，部署周密。\n");
    check(
        "a.eml",
        &gbk,
        &[(
            None,
            "园区总结",
            "",
            &["园区总结", "园区班子重视，部署周密。"],
        )],
    );
    let hz = b"From: a@example.cn\nTo: b@example.cn\nSubject: 1\nMIME-Version: 1.0\nContent-Type: text/plain; charset=hz-gb-2312\n\n~{T0Gx9$Ww~}\n";
    let title = "1 园区工作";
    check("a.eml", hz, &[(None, title, "", &["1", "园区工作"])]);
}

fn archive(charset: &str, page: &[u8]) -> Vec<u8> {
    let head = format!(
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"x\"; type=\"text/html\"\r\n\r\n--x\r\nContent-Type: text/html{charset}\r\n\
         Content-Location: a.html\r\n\r\n"
    );
    let rest = "\r\n--x\r\nContent-Type: image/png\r\nContent-Location: a.png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--x--\r\n";
    [head.as_bytes(), page, rest.as_bytes()].concat()
}

#[test]
fn web_archives() {
    let page = "<html><body><h1>园区总结</h1><p>园区班子重视，部署周密。</p></body></html>";
    let expected: &[(Option<&str>, &str, &str, &[&str])] = &[(
        None,
        "园区总结",
        "",
        &["园区总结", "园区班子重视，部署周密。"],
    )];
    check("a.mht", &archive("", page.as_bytes()), expected);
    check(
        "a.doc",
        &archive("; charset=utf-8", page.as_bytes()),
        expected,
    );
    let (gbk, ..) = encoding_rs::GBK.encode(page);
    check("a.mht", &archive("; charset=gb2312", &gbk), expected);
    check("a.mht", &archive("", &gbk), expected);
}

#[test]
fn damaged_mail_gives_what_is_left_or_a_reason() {
    let mail = format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: text/plain\r\n\r\n园区工作平稳，班子重视。"
    );
    for len in 0..mail.len() {
        let _ = records("a.eml", &mail.as_bytes()[..len]);
    }
    check(
        "a.eml",
        mail.as_bytes(),
        &[(
            None,
            "园区年度总结",
            "2009-08-20",
            &["园区年度总结", "园区工作平稳，班子重视。"],
        )],
    );
    let skip =
        records("a.eml", b"MIME-Version: 1.0\nContent-Type: text/plain\n\n").expect_err("a skip");
    assert_eq!(skip.to_string(), "is a damaged mail: its text is missing");
}

#[test]
fn the_depth_of_nested_mails_is_limited() {
    let mut mail =
        "From: a@example.cn\nTo: b@example.cn\nSubject: 9\n\n园区工作平稳。\n".to_owned();
    for depth in 0..9 {
        mail = format!(
            "From: a@example.cn\nTo: b@example.cn\nSubject: {depth}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b{depth}\n\n\
             --b{depth}\nContent-Type: message/rfc822\n\n{mail}\n--b{depth}--\n"
        );
    }
    let records = records("a.eml", mail.as_bytes()).expect("documents");
    assert_eq!(records.len(), 3);
    assert_eq!(records[1].key.as_deref(), Some("7.eml"));
}

#[test]
fn messages_of_a_mailbox_are_documents() {
    let message = |ord: u32| {
        format!(
            "From a@a.example Mon Mar  4 08:00:00 2024\nFrom: a@a.example\nTo: b@b.example\nSubject: =?UTF-8?B?6YCa55+l?= {ord}\nDate: Mon, 4 \
             Mar 2024 08:00:00 +0800\n\n整修第{ord}段渠道。\n\n"
        )
    };
    let mailbox = message(1) + &message(2);
    check(
        "a.mbox",
        mailbox.as_bytes(),
        &[
            (
                Some("1"),
                "通知 1",
                "2024-03-04",
                &["通知 1", "整修第1段渠道。"],
            ),
            (
                Some("2"),
                "通知 2",
                "2024-03-04",
                &["通知 2", "整修第2段渠道。"],
            ),
        ],
    );
}

/// A message of Outlook with a text and a message attached; texts in the encoding of Windows if `is_narrow`.
fn outlook_message(is_narrow: bool) -> Vec<u8> {
    use std::io::Write;

    use cfb::CompoundFile as Container;
    let mut file = Container::create(std::io::Cursor::new(Vec::new())).expect("a file");
    let mut put = |path: &str, bytes: &[u8]| {
        let mut stream = file.create_stream(path).expect("a stream");
        stream.write_all(bytes).expect("written");
    };
    let mut numbers = vec![0; 32];
    // Sent on 4 March 2024 at 17:00 UTC, the next day in China; code page 936.
    let ticks: u64 = (19_786 * 86_400 + 17 * 3600 + 11_644_473_600) * 10_000_000;
    for (tag, value) in [(0x0039_0040u32, ticks), (0x3ffd_0003, 936)] {
        numbers.extend(tag.to_le_bytes());
        numbers.extend([0; 4]);
        numbers.extend(value.to_le_bytes());
    }
    put("/__properties_version1.0", &numbers);
    let mut text = |path: &str, text: &str| {
        if is_narrow {
            let (bytes, ..) = encoding_rs::GB18030.encode(text);
            put(&format!("{path}001E"), &bytes);
        } else {
            let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            put(&format!("{path}001F"), &units);
        }
    };
    text("/__substg1.0_0037", "关于整修渠道的通知");
    text("/__substg1.0_0C1A", "某人");
    text("/__substg1.0_1000", "各村：\r\n请整修渠道。\r\n");
    let mut storage =
        Container::open(std::io::Cursor::new(file.into_inner().into_inner())).expect("a file");
    for path in [
        "/__attach_version1.0_#00000000",
        "/__attach_version1.0_#00000001",
        "/__attach_version1.0_#00000001/__substg1.0_3701000D",
    ] {
        storage.create_storage(path).expect("a storage");
    }
    let units = |text: &str| {
        text.encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<u8>>()
    };
    for (path, bytes) in [
        (
            "/__attach_version1.0_#00000000/__substg1.0_37010102",
            "附件：渠道名单。".as_bytes().to_vec(),
        ),
        (
            "/__attach_version1.0_#00000000/__substg1.0_3707001F",
            units("名单.txt"),
        ),
        (
            "/__attach_version1.0_#00000001/__substg1.0_3701000D/__substg1.0_0037001F",
            units("来信"),
        ),
        (
            "/__attach_version1.0_#00000001/__substg1.0_3701000D/__substg1.0_10130102",
            "<p>渠道坏了。</p>".as_bytes().to_vec(),
        ),
    ] {
        let mut stream = storage.create_stream(path).expect("a stream");
        stream.write_all(&bytes).expect("written");
    }
    storage.flush().expect("written");
    storage.into_inner().into_inner()
}

#[test]
fn messages_of_outlook_are_read() {
    for is_narrow in [false, true] {
        check(
            "来文.msg",
            &outlook_message(is_narrow),
            &[
                (
                    None,
                    "关于整修渠道的通知",
                    "2024-03-05",
                    &["关于整修渠道的通知", "各村：", "请整修渠道。"],
                ),
                (Some("名单.txt"), "名单", "", &["附件：渠道名单。"]),
                (Some("来信.msg"), "来信", "", &["来信", "渠道坏了。"]),
            ],
        );
    }
    let whole = outlook_message(false);
    for len in (0..whole.len()).step_by(97) {
        let _ = records("a.msg", &whole[..len]);
    }
    let skip = records("a.msg", &whole[..600]).expect_err("a skip");
    assert_eq!(
        skip.to_string(),
        "is a damaged Outlook message: its parts cannot be found"
    );
}

#[test]
fn too_many_nested_messages_are_refused() {
    let head = "From: a@a.example\n";
    let inner = "Content-Type: message/rfc822\n\nFrom: a@a.example\n";
    let skip = records(
        "a.eml",
        format!("{head}{}", inner.repeat(20_000)).as_bytes(),
    );
    assert_eq!(
        skip.expect_err("a skip").to_string(),
        "is a mail in many mails, which this version does not read; save it as plain text to include it"
    );
}
