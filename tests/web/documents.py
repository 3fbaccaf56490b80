"""Documents that try to be more than text: markup in names, titles, headings and paragraphs.

`documents.py FOLDER` writes them to FOLDER/collection, to be indexed, and FOLDER/secret.txt, which no answer may ever hold.
What a payload would leave behind if a browser took it for markup is `globalThis.pwned` or an element with `data-pwned`.
"""

import json
import sys
from pathlib import Path

SECRET = "本行不得出现在任何答复之中"
SCRIPT = "<script data-pwned>globalThis.pwned=1</script>"
IMAGE = '"><img data-pwned src=x onerror="globalThis.pwned=2">'
RIGHT_TO_LEFT = "\u202e"

BODY = """一、基本情况
一年来，全镇坚持以项目建设为抓手，扎实推进招商引资工作，完成固定资产投资三亿元。
二、存在问题
产业结构还不够合理，营商环境有待进一步优化。
三、下一步打算
（一）继续优化营商环境。坚持以改革创新为动力，着力解决群众反映的突出问题。
"""

# The name of a file, and its text.
TEXTS = {
    "脚本标题.txt": f"{SCRIPT}镇2018年工作总结\n\n{BODY}",
    "标题里的引号.txt": f"关于{IMAGE}工作的通知\n2019年3月1日\n\n{BODY}",
    "小标题.txt": f"测试镇2020年工作总结\n\n一、{SCRIPT}\n小标题下面的段落。\n二、{IMAGE}\n{BODY}",
    "正文.txt": f"测试镇2021年工作总结\n\n{BODY}标记{SCRIPT}、{IMAGE}、</textarea></title></style>{SCRIPT}和&lt;b data-pwned&gt;都是文字。\n",
    "模板.txt": f"测试镇2022年工作汇报\n\n模板{{{{7*7}}}}与${{7*7}}、<!--、]]>、{SCRIPT[:-1]} 都按原样显示。\n{BODY}",
    "链接.md": f"# 测试镇2023年工作要点\n\n[点此](javascript:globalThis.pwned=3)与![图](x\"onerror=globalThis.pwned=4)。\n\n{BODY}",
    "方向.txt": f"{RIGHT_TO_LEFT}结总作工年4202镇试测\n\n这一段里有{RIGHT_TO_LEFT}倒写的文字，后面没有结束符。\n{BODY}",
    "长标题.txt": f"关于{'进一步加强和改进新形势下基层治理、公共服务、' * 12}工作的通知\n\n{BODY}",
    "长串.txt": f"测试镇2017年工作总结\n\n网址https://example.invalid/{'abcdefghij' * 80}不换行。\n一、{'ABCDEFGHIJ' * 28}\n{BODY}",
    "空白.txt": "测试镇2016年工作总结\n\n零\u200b宽\u200b空格，行\u2028分隔，\u0007响铃，\ufeff记号。\n" + BODY,
    "<script data-pwned>globalThis.pwned=5<.txt": f"文件名里的标记\n\n{BODY}",
    '"onerror="globalThis.pwned=6" x=".txt': f"文件名里的引号\n\n{BODY}",
    "空格 与+号&#38;?a=b#c%2e%2e%00.txt": f"文件名里的网址符号\n\n{BODY}",
    f"倒{RIGHT_TO_LEFT}txt.exe.txt": f"文件名里的方向符\n\n{BODY}",
    f"{'很长的文件名' * 12}.txt": f"文件名很长\n\n{BODY}",
}

# Records bring their own ids, issuers, kinds and links.
RECORDS = [
    {"id": SCRIPT, "title": f"记录{SCRIPT}", "issuer": IMAGE, "kind": SCRIPT, "date": "2015-05-01", "url": "javascript:globalThis.pwned=7", "text": BODY},
    {"id": "../../../etc/shadow", "title": "编号像路径的记录", "issuer": "测试镇人民政府", "url": "data:text/html,<script>globalThis.pwned=8</script>", "text": BODY},
    {"id": "/etc/group", "title": "编号是绝对路径的记录", "url": 'https://example.invalid/"onmouseover="globalThis.pwned=9', "text": BODY},
]


def write(folder: Path) -> None:
    collection = folder / "collection"
    collection.mkdir(parents=True)
    for name, text in TEXTS.items():
        (collection / name).write_text(text, encoding="utf-8")
    lines = [json.dumps(record, ensure_ascii=False) for record in RECORDS]
    (collection / "记录.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "secret.txt").write_text(f"{SECRET}\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
