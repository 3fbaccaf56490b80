"""Queries as many people ask them, for whatever measures a batch of them."""

SUBJECTS = "失地农民 招商引资 食品安全 劳动合同 环境保护 义务教育 医疗保险 行政处罚 土地承包 森林防火 水资源 城乡规划".split()
ASPECTS = "管理办法 责任 监督检查 审批程序 资金使用 申请条件 法律责任 标准 期限 赔偿 登记 公开 培训 考核 许可".split()
COUNT = 20_000


def write(path):
    """Writes `COUNT` queries of two, three and four words to a file, each with its number."""
    twos = [[subject, aspect] for subject in SUBJECTS for aspect in ASPECTS]
    threes = [words + [ASPECTS[n % len(ASPECTS)]] for n, words in enumerate(twos)]
    fours = [words + [SUBJECTS[(n + 5) % len(SUBJECTS)]] for n, words in enumerate(threes)]
    queries = [" ".join(words) for words in twos + threes + fours]
    lines = (f"{n}\t{queries[n % len(queries)]}\n" for n in range(COUNT))
    path.write_text("".join(lines), "utf-8")
