#!/usr/bin/env python3
"""Writes a collection of short passages made by program: generate.py FOLDER PASSAGES [SEED].

Files of 2,000 records (JSON Lines) with ten passages each; 4,000 made-up words of two or three characters by Zipf's law, titles, issuers,
kinds and dates of 2000 to 2024. The same arguments write the same bytes.
"""
import json
import pathlib
import random
import sys

CHARS = "水渠修建资金管理办法道路检查村民灌溉汛期安全责任拨付农田安置泵房堤岸河湖库区移植造林粮种牧渔工商税务财审计统征收编制度规范程序监督考核奖惩公开透明便捷服务窗口平台网络数据档案培训教育卫生医疗养老社保就业创业扶持补贴贷款担保项目投资引进技术标准质量品牌市场流通仓储物流旅游文化体育环境保护治理节能减排循环利用"
KINDS = ["总结", "通知", "方案", "报告", "办法", "意见"]
ISSUERS = [f"{a}{b}人民政府" for a in "青白河临云南北东西高" for b in ["禾镇", "苇县", "柳县", "澜市", "栖区"]]
PASSAGES, RECORDS = 10, 2000


def main():
    folder, n = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 7)
    chars = sorted(set(CHARS))
    words = ["".join(rng.choices(chars, k=rng.choice([2, 2, 2, 3]))) for _ in range(4000)]
    cumulative, total = [], 0.0
    for rank in range(len(words)):
        total += 1 / (rank + 2)
        cumulative.append(total)
    folder.mkdir(parents=True, exist_ok=True)
    for start in range(0, n // PASSAGES, RECORDS):
        with open(folder / f"{start // RECORDS:05}.jsonl", "w", encoding="utf-8") as out:
            for record in range(start, min(start + RECORDS, n // PASSAGES)):
                lengths = [rng.randrange(8, 24) for _ in range(PASSAGES - 1)]
                row = rng.choices(words, cum_weights=cumulative, k=sum(lengths))
                lines, at = [], 0
                for length in lengths:
                    half = at + length // 2
                    lines.append("".join(row[at:half]) + "，" + "".join(row[half:at + length]) + "。")
                    at += length
                year, issuer, kind = 2000 + record % 25, ISSUERS[record * 7 % len(ISSUERS)], KINDS[record % 6]
                title = f"{issuer}{year}年{row[0]}{row[1]}{kind}"
                out.write(json.dumps({"id": record, "title": title, "text": "\n".join(lines), "kind": kind, "issuer": issuer,
                                      "date": f"{year}-{1 + record % 12:02}-{1 + record % 28:02}"}, ensure_ascii=False) + "\n")


main()
