#!/usr/bin/env python3
"""Measures `check` on citations: drafts are made from a collection, a third of their citations exact, a third altered, a third invented.

    tests/long/citations.py --index INDEX [--program FILE] [--seed N] [--count 300] [--drafts FOLDER] FOLDER...

INDEX was built from the folders, of which the Markdown files are read as laws (`# title`, lines of 第X条) and the `.jsonl` files as reports
(`title`, `content`). Nothing here uses the program's own reading: the labels come from how a citation was made, and that an altered or
invented wording is nowhere in the collection is checked by a scan of the raw texts without their marks.

Each citation has a sentence of its own, in drafts of 25. Printed: right verdicts by kind and class, altered ones that were called verbatim,
of the altered quotations those with the original as true wording, every wrong verdict, and the time of each draft.
"""

import argparse
import json
import pathlib
import random
import re
import subprocess
import sys
import time

HAN = "一-鿿"
ARTICLE = re.compile(r"^\s*(第[零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)[\s　]*(.*)$")
FIGURE = re.compile(rf"([{HAN}]{{5,12}})(\d[\d,.]*\d|\d)(亿元|万元|元|万人|人|万吨|亿吨|吨|公里|万亩|亿亩|万户|个百分点|%)")
NUMBER = re.compile(r"[\u4e00-\u9fff]{2,5}〔\d{4}〕\d+号")
# What a figure is not of: dates and comparisons end the words before it.
NO_SUBJECT = re.compile(r"[年月日第]$")
DIGITS = "零一二三四五六七八九"


def squeezed(text):
    """The characters that are compared: no marks, no blanks."""
    return re.sub(rf"[^{HAN}0-9A-Za-z%]", "", text)


def numeral(n):
    out, skipped = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // scale % 10
        if digit == 0:
            skipped |= bool(out)
            continue
        if skipped:
            out, skipped = out + "零", False
        if not (scale == 10 and digit == 1 and not out):
            out += DIGITS[digit]
        out += name
    return out


class Law:
    def __init__(self, text):
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        heads = [line[2:].strip() for line in lines if line.startswith("# ")]
        self.title = heads[0] if len(heads) == 1 else ""
        self.articles = {}
        label = None
        for line in lines:
            found = ARTICLE.match(line)
            if line.startswith("#") or re.match(r"附[:：件录表]", line):
                label = None
            elif found:
                label = found[1]
                self.articles.setdefault(label, []).append(found[2])
            elif label:
                self.articles[label].append(line)

    def sentences(self):
        for label, paragraphs in self.articles.items():
            for paragraph in paragraphs:
                for sentence in re.split(r"[。；：\n]", paragraph):
                    if 12 <= len(squeezed(sentence)) <= 60 and not re.search(r"[“”《》〈〉‘’（）()]|^第|本法|本条", sentence):
                        yield label, sentence.strip("，、 　")


class Collection:
    def __init__(self, folders):
        self.laws, self.reports = [], []
        for folder in folders:
            for path in sorted(pathlib.Path(folder).rglob("*")):
                if path.suffix == ".md" and not path.name.startswith("_"):
                    law = Law(path.read_text(errors="replace"))
                    law.whole = path.read_text(errors="replace")
                    self.laws.append(law)
                elif path.suffix == ".jsonl":
                    for line in path.read_text(errors="replace").splitlines():
                        record = json.loads(line)
                        self.reports.append((record["title"], record["content"]))
        texts = [law.whole for law in self.laws] + [title + "\n" + text for title, text in self.reports]
        self.squeezed = "\n".join(squeezed(text) for text in texts)
        self.chars = sorted(set(re.findall(rf"[{HAN}]", self.squeezed[:400_000])))
        self.laws = [law for law in self.laws if law.title and len(law.articles) > 8]
        self.titles = {squeezed(law.title) for law in self.laws} | {squeezed(title) for title, _ in self.reports}

    def has(self, text):
        return squeezed(text) in self.squeezed


class Maker:
    def __init__(self, collection, rng):
        self.all, self.rng = collection, rng

    def altered(self, text, n):
        """`n` characters replaced, left out or put in, inside the text."""
        chars = list(text)
        for _ in range(n):
            places = [at for at in range(1, len(chars) - 1) if re.match(rf"[{HAN}]", chars[at])]
            at = self.rng.choice(places)
            how = self.rng.random()
            other = self.rng.choice([ch for ch in set(text) | set(self.rng.sample(self.all.chars, 5)) if re.match(rf"[{HAN}]", ch) and ch != chars[at]])
            if how < 0.7:
                chars[at] = other
            elif how < 0.85:
                del chars[at]
            else:
                chars.insert(at, other)
        return "".join(chars)

    def law_sentence(self):
        while True:
            law = self.rng.choice(self.all.laws)
            found = list(law.sentences())
            if found:
                label, sentence = self.rng.choice(found)
                return law, label, sentence

    def quotation(self, which):
        law, label, sentence = self.law_sentence()
        if which == "exact":
            quoted = sentence
        elif which == "altered":
            quoted = self.altered(sentence, self.rng.randint(1, 3))
        else:
            quoted = self.invented()
        if which != "exact" and self.all.has(quoted):
            return None
        forms = (
            f"《{law.title}》{label}规定：“{quoted}。”",
            f"按照“{quoted}”（《{law.title}》{label}）的规定办理。",
            f"《{law.title}》明确，“{quoted}”。",
        )
        return "quotation", quoted, self.rng.choice(forms), sentence

    def report_quotation(self, which):
        title, text = self.rng.choice([one for one in self.all.reports if re.match(r"^\d{4}年.*政府工作报告$", one[0])])
        sentences = [s.strip() for s in re.split(r"[。！？\n]", text) if 14 <= len(squeezed(s)) <= 50 and not re.search(r"[“”《》（）]", s)]
        if not sentences:
            return None
        sentence = self.rng.choice(sentences)
        quoted = {"exact": sentence, "altered": self.altered(sentence, self.rng.randint(1, 3))}.get(which) or self.invented()
        if which != "exact" and self.all.has(quoted):
            return None
        return "quotation", quoted, f"{title[:4]}年《政府工作报告》指出，“{quoted}”。", sentence

    def article(self, which):
        law, label, sentence = self.law_sentence()
        labels = list(law.articles)
        cited = label
        if which == "altered":
            others = [other for other in labels if other != label and squeezed(sentence) not in squeezed("".join(law.articles[other]))]
            # In another edition the words may be in that very article.
            editions = [other for other in self.all.laws if squeezed(other.title) == squeezed(law.title)]
            others = [
                other for other in others
                if not any(squeezed(sentence) in squeezed("".join(edition.articles.get(other, []))) for edition in editions)
            ]
            if not others:
                return None
            cited = self.rng.choice(others)
        elif which == "invented":
            most = max(len(edition.articles) for edition in self.all.laws if edition.title == law.title)
            cited = f"第{numeral(most + self.rng.randint(30, 300))}条"
            if any(cited in edition.articles for edition in self.all.laws if edition.title == law.title):
                return None
            return "article", cited, f"同时适用《{law.title}》{cited}。", label
        form = self.rng.choice((f"《{law.title}》{cited}规定，{sentence}。", f"《{law.title}》{cited}要求“{sentence}”。"))
        return "article", cited, form, label

    def title(self, which):
        law = self.rng.choice(self.all.laws)
        if which == "exact":
            title = law.title
        elif which == "altered":
            n = len(squeezed(law.title.removeprefix("中华人民共和国")))
            if n < 8:
                return None
            title = self.altered(law.title, self.rng.randint(1, min(3, n // 6 if n < 18 else 3)))
        else:
            place = self.rng.choice(("白苇县", "云栖市", "临澜区", "青柳县", "鹭溪镇"))
            thing = "".join(self.rng.sample(("水渠", "竹筏", "茶亭", "石桥", "蜂箱", "盐田", "渡口", "酒坊", "磨坊", "祠堂"), 2))
            title = place + thing + self.rng.choice(("管护办法", "巡查规定", "认养条例", "登记细则", "修缮暂行规定"))
        if which != "exact" and squeezed(title) in self.all.titles:
            return None
        return "title", title, f"本次检查还涉及《{title}》的执行情况。", law.title

    def figure(self, which):
        title, text = self.rng.choice([one for one in self.all.reports if re.match(r"^\d{4}年.*政府工作报告$", one[0])])
        found = [one for one in FIGURE.finditer(text) if not NO_SUBJECT.search(one[1])]
        if not found:
            return None
        one = self.rng.choice(found)
        subject, number, unit = one.groups()
        if which == "altered":
            digits = list(number)
            at = self.rng.choice([at for at, ch in enumerate(digits) if ch.isdigit()])
            digits[at] = self.rng.choice([d for d in "123456789" if int(d) != int(digits[at])])
            number = "".join(digits)
            if subject[-3:] + number + unit in text:
                return None
        elif which == "invented":
            subject = self.rng.choice(("全县修缮竹筏和茶亭", "各村新建蜂箱与磨坊", "石桥渡口维护支出", "盐田酒坊登记户数达到"))
            number = str(self.rng.randint(11, 9999))
            if subject + number in text:
                return None
        return "figure", number + unit, f"{title[:4]}年《政府工作报告》提出，{subject}{number}{unit}。", one[0]

    def number(self, which):
        pairs = []
        for law in self.all.laws:
            # The number of a document is on a line of its own at its head; others are those that it cites.
            head = [line.strip("　 （）()") for line in law.whole.splitlines() if line.strip()][:12]
            found = {line for line in head if NUMBER.fullmatch(line)}
            if len(found) == 1:
                pairs.append((law.title, found.pop()))
        if not pairs:
            return None
        title, number = self.rng.choice(pairs)
        if sum(1 for other, _ in pairs if other == title) > 1:
            return None
        if which == "invented":
            number = self.rng.choice(("白水渠", "云竹发", "临桥函")) + f"〔20{self.rng.randint(30, 60)}〕{self.rng.randint(2, 90)}号"
            return "number", number, f"依据{number}办理。", number
        true = number
        if which == "altered":
            n = int(re.search(r"〕(\d+)号", number)[1])
            number = re.sub(r"〕\d+号", f"〕{n + self.rng.randint(1, 40)}号", number)
            if number in self.all.squeezed or number == true:
                return None
        return "number", number, f"依据《{title}》（{number}）办理。", true

    def invented(self):
        who = self.rng.choice(("各村养蜂户", "渡口值守人员", "茶亭管护小组", "竹筏合作社", "石桥巡查队"))
        when = self.rng.choice(("每逢枯水时节", "在清明前三日", "遇有山洪预警", "凡经公示无异议的"))
        what = self.rng.choice(("应当先疏浚上游再开闸放水", "可以凭木牌领取桐油和麻绳", "须把竹篾与蓑衣交还祠堂", "不得以蜂蜜抵扣渡船租金"))
        tail = self.rng.choice(("并向族老通报", "逾期自行负责", "所余归全村共有", "来年一并结清"))
        return f"{who}{when}{what}，{tail}"

    def make(self, count):
        kinds = (
            (self.quotation, 0.32), (self.report_quotation, 0.12), (self.article, 0.24), (self.title, 0.14), (self.figure, 0.12), (self.number, 0.06),
        )
        out, seen = [], set()
        for which in ("exact", "altered", "invented"):
            wanted = count // 3
            made = 0
            while made < wanted:
                maker = self.rng.choices([kind for kind, _ in kinds], [share for _, share in kinds])[0]
                found = maker(which)
                if found and found[1:3] not in seen:
                    seen.add(found[1:3])
                    out.append((which, *found))
                    made += 1
        self.rng.shuffle(out)
        return out


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--index", required=True)
    parser.add_argument("--program", default="xunzhang")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--drafts")
    given = parser.parse_args()
    collection = Collection(given.folders)
    cases = Maker(collection, random.Random(given.seed)).make(given.count)
    expected = {"exact": "verbatim", "altered": "altered", "invented": "not_found"}
    right, total, wrong, false_verbatim, originals, times = {}, {}, [], 0, [0, 0], []
    for start in range(0, len(cases), 25):
        some = cases[start : start + 25]
        draft = "核对稿\n" + "\n".join(sentence for *_, sentence, _ in some) + "\n"
        if given.drafts:
            folder = pathlib.Path(given.drafts)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"draft-{start // 25 + 1:02}.txt").write_text(draft)
        began = time.perf_counter()
        command = [given.program, "--index", given.index, "check", "-", "--format", "json"]
        answer = subprocess.run(command, input=draft.encode(), stdout=subprocess.PIPE, check=False)
        times.append(time.perf_counter() - began)
        citations = json.loads(answer.stdout)["citations"]
        for ord, (which, kind, text, sentence, true) in enumerate(some):
            found = [one for one in citations if one["passage"]["line"] == ord + 2 and one["kind"] == kind and squeezed(one["text"]) == squeezed(text)]
            status = found[0]["status"] if found else "missed"
            key = (kind, which)
            total[key] = total.get(key, 0) + 1
            # An altered title may be all that tells an issuer apart; several equally near ones are told as such.
            if status == expected[which]:
                right[key] = right.get(key, 0) + 1
            else:
                wrong.append((which, kind, status, found[0]["remark"] if found else None, sentence, true))
            false_verbatim += which == "altered" and status == "verbatim"
            if which == "altered" and kind == "quotation" and found:
                originals[1] += 1
                originals[0] += squeezed(true) in squeezed(found[0]["wording"] or "")
    print(f"{'kind':<10} {'class':<9} right of")
    for key in sorted(total):
        print(f"{key[0]:<10} {key[1]:<9} {right.get(key, 0):5} {total[key]:2}")
    n_right, n = sum(right.values()), sum(total.values())
    print(f"right {n_right}/{n} = {n_right / n:.3f}; altered called verbatim: {false_verbatim}; true wording of altered quotations: {originals[0]}/{originals[1]}")
    print(f"seconds a draft of 25: median {sorted(times)[len(times) // 2]:.2f}, most {max(times):.2f}")
    for which, kind, status, remark, sentence, true in wrong:
        print(f"- {which} {kind}: {status} {remark or ''}\n    {sentence}\n    {true}")
    sys.exit(n_right < 0.97 * n or false_verbatim > 0)


if __name__ == "__main__":
    main()
