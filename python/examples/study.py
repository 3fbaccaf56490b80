# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 从文件夹到图：一个词在公文里的二十年
#
# 研究问题：样例报告里，“失地农民”“被征地农民”两种说法各在什么时候、什么文种里出现？写到他们时，配的是哪些举措？
#
# 用到 `xunzhang`、`pandas`、`matplotlib`；不联网，不用模型。每个数都按原文逐字计数，可以用命令行重算一遍。
#
# ```
# pip install xunzhang pandas pyarrow matplotlib jupytext
# jupytext --to notebook study.py
# ```

# %%
from __future__ import annotations

import os
import tempfile
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib import font_manager

import xunzhang

报告 = Path(os.environ.get("XUNZHANG_CORPUS", "corpus"))
输出 = Path(os.environ.get("XUNZHANG_OUTPUT", tempfile.mkdtemp()))

# 机器上有哪一种中文字体，就用哪一种。
已有 = {字体.name for 字体 in font_manager.fontManager.ttflist}
中文 = ["Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Zen Hei", "Microsoft YaHei", "SimHei", "PingFang SC"]
plt.rcParams["font.sans-serif"] = [名 for 名 in 中文 if 名 in 已有] + plt.rcParams["font.sans-serif"]
plt.rcParams["axes.unicode_minus"] = False
pd.set_option("display.width", 160, "display.max_columns", 20)

# %% [markdown]
# ## 一、建索引
#
# 再次运行只读有变动的文件。`progress` 可以接 `tqdm`；按 Ctrl-C（中断内核）会停下来，索引保持原样。

# %%
索引 = xunzhang.Index.build(报告, 输出 / "index", progress=lambda 已读, 共: print(f"\r{已读}/{共}", end=""))
print()
print(索引)
print("跳过的文件：", [(文件.path, 文件.reason) for 文件 in 索引.summary.skipped])

# %% [markdown]
# ## 二、有哪些材料
#
# 先看家底：每年、每种文种各有多少篇、多少字。比较年份时要除以当年的字数，不能只看次数。

# %%
文件 = 索引.documents().to_pandas()
print(len(文件), "篇，其中没有日期的", 文件["year"].isna().sum(), "篇")
家底 = 文件.groupby("kind", dropna=False)[["passages", "characters"]].agg(["count", "sum"])
print(家底)

# %% [markdown]
# ## 三、两种说法的消长
#
# 样例每年只有几千字，`thin` 标出不足一万字的时段：一两篇就能左右比率。逐年不可靠，改看十年一段。

# %%
词 = ["失地农民", "被征地农民"]
逐年 = 索引.trend(词)
print("不足一万字的年份：", sum(期.thin for 期 in 逐年.periods), "个，共", len(逐年.periods), "个")
走势 = 索引.trend(词, by="decade")
print("不足一万字的十年：", [期.period for 期 in 走势.periods if 期.thin])
for 一词 in 走势.words:
    首 = 一词.first_use
    print(f"{一词.word}：{一词.occurrences} 次，{一词.first}–{一词.last}，首见《{首.title if 首 else '—'}》")
比率 = 走势.to_pandas().pivot(index="period", columns="word", values="per_10k")
print(比率.round(2))

# %%
图, 轴 = plt.subplots(figsize=(7, 4))
比率[词].plot.bar(ax=轴, width=0.7, rot=0)
轴.set_xlabel("年代")
轴.set_ylabel("每万字次数")
轴.set_title("“失地农民”与“被征地农民”")
轴.legend(title="")
图.tight_layout()
图.savefig(输出 / "走势.png", dpi=150)

# %% [markdown]
# ## 四、什么文种里写
#
# `report` 一次数完一张词表；`by_kind`、`by_year`、`by_document`、`by_role` 是同一次计数的不同分法。

# %%
词表 = [
    "人群：失地农民 | 被征地农民",
    "举措：技能培训 | 职业培训",
    "举措：社会保障 | 养老保险",
    "举措：招商引资",
    "举措：就业",
]
统计 = 索引.report(词表, excerpts=3)
print(统计.to_pandas()[["group", "entry", "occurrences", "documents", "per_10k", "first", "last"]])
分文种 = 统计.by_kind.to_pandas().pivot(index="kind", columns="entry", values="per_10k")
print(分文种.round(2))

# %% [markdown]
# ## 五、配的是哪些举措
#
# 同在一段里出现，才算“配”。

# %%
同段 = 统计.cooccurrence.to_pandas()
同段 = 同段[同段["entry"].str.contains("农民")].set_index("other")["passages"].sort_values()
图, 轴 = plt.subplots(figsize=(7, 3))
同段.plot.barh(ax=轴)
轴.set_xlabel("同段出现的段数")
轴.set_ylabel("")
图.tight_layout()
图.savefig(输出 / "同段.png", dpi=150)

# %% [markdown]
# ## 六、回到原文
#
# 数字后面总要能翻到原话：`concordance` 逐条列出，`place` 是“文件:行”，可以用 `xunzhang open` 打开。

# %%
逐条 = 索引.concordance("“失地农民”OR“被征地农民”", sort="date", window=12, group="right:2")
assert len(逐条) == 逐条.occurrences == sum(一词.occurrences for 一词 in 走势.words)
for 行 in 逐条[:8]:
    print(f"{行.date or '——':10} {行.left:>14}【{行.hit}】{行.right}  {行.place}")
print(逐条.groups.to_pandas().head(8))

# %% [markdown]
# ## 七、固定说法
#
# `frame` 看一个句式的空格里填过什么，`precedent` 看一句话别处怎么写。

# %%
句式 = 索引.frame("加强*建设")
print(句式.to_pandas()[["fillers", "occurrences", "documents", "first", "last"]].head(10))
先例 = 索引.precedent("坚持学习工作两不误", limit=3)
for 写法 in 先例:
    print(f"{写法.similarity:.2f}  {写法.text}  {写法.occurrences} 次  {写法.sources[0].place}")

# %% [markdown]
# ## 八、存下来
#
# 附上索引指纹：同样的材料、同样的选项，指纹相同，别人可以照样重做。

# %%
比率.to_csv(输出 / "走势.csv", encoding="utf-8-sig")
pd.DataFrame({"指纹": [索引.fingerprint], "文件": [len(索引)], "版本": [xunzhang.__version__]}).to_csv(
    输出 / "说明.csv", index=False, encoding="utf-8-sig"
)
print(sorted(路径.name for 路径 in 输出.iterdir() if 路径.is_file()))
