"""Files that a draft must not be: bombs, halves, noise, endless nesting, names with markup."""

import io
import random
import zipfile
from pathlib import Path

# Where a package would write if the names in it were believed.
ESCAPED = Path("/tmp/xunzhang-escaped.txt")
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def package(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def word(body: bytes, before: bytes = b"") -> bytes:
    text = before + f'<w:document xmlns:w="{WORD}"><w:body>'.encode() + body + b"</w:body></w:document>"
    return package({"[Content_Types].xml": b"<Types/>", "word/document.xml": text})


def paragraph(text: str) -> bytes:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>".encode()


def laughs() -> bytes:
    entities = '<!ENTITY a "笑">' + "".join(f'<!ENTITY {name} "{f"&{inner};" * 10}">' for inner, name in zip("abcdefgh", "bcdefghi"))
    return f'<?xml version="1.0"?><!DOCTYPE w [{entities}<!ENTITY x SYSTEM "file:///etc/passwd">]>'.encode()


def hostile_files() -> dict[str, bytes]:
    noise = random.Random(18).randbytes(200_000)
    plain = word(paragraph("一年来，全镇坚持以项目建设为抓手。") * 20)
    bomb = word(b" " * 300_000_000)
    nested = package({"a.zip": package({"b.zip": package({"c.txt": b"a" * 50_000_000})})})
    return {
        "炸弹.docx": bomb,
        "套娃.zip": nested,
        "同名.zip": package({f"{n}.txt": "坚持改革。".encode() for n in range(5_000)}),
        "越界.zip": package({f"../../../../../../../..{ESCAPED}": "坚持改革。".encode()}),
        "半截.docx": plain[: len(plain) // 2],
        "实体.docx": word(paragraph("&i;&x;"), laughs()),
        "深层.docx": word(b"<w:p>" * 200_000),
        "深层.html": b"<div>" * 300_000,
        "噪声.pdf": b"%PDF-1.7\n" + noise,
        "噪声.xls": bytes.fromhex("d0cf11e0a1b11ae1") + noise,
        "噪声.bin": noise,
        "空.txt": b"",
        "一行.txt": "坚持改革创新".encode() * 20_000,
        "零.txt": b"\0" * 100_000,
        "../../etc/cron.d/x.txt": "坚持改革。".encode(),
        "<img data-pwned src=x onerror=alert(1)>.txt": "坚持改革<img data-pwned>。".encode(),
        "名" * 5_000 + ".txt": "坚持改革。".encode(),
    }
