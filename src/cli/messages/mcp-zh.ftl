# mcp 的文字，由 AI 助手阅读。

mcp-title = 寻章：公文检索
mcp-instructions = 在一批公文（总结、工作报告、讲话、方案、通知）里检索、找先例、准确计数。用中文查询：词语按相关排序；"加引号的短语"逐字匹配；＊ 代表空缺；可用 AND OR NOT NEAR/n，甲|乙 为任一。每一段都有位置 文档:行，引用时写明标题、日期和位置；要看上下文就把位置交给 read。只引用工具返回的原文；计数是准确的，相关段数不是。next 不为空时，照它再调用一次。
mcp-ready = 客户端可以连接 { $url }（Ctrl-C 结束）
mcp-terminal = 正在等助手来问；这个命令由助手自己启动，设置见 docs/mcp.md（Ctrl-C 结束）
mcp-needs-http = --host 和 --token-file 只与 --http 一起用：没有它就没有可连接的服务
mcp-same-name = 有两个索引都叫 { $name }；请写明名称，如 法规=/data/laws/index
mcp-cancelled = 已取消

## 工具

mcp-tool-search = 按相关排序的段落，带标题、日期、发文机关、小标题、位置。
mcp-tool-read = 某个位置（文档:行）的原文和前后各段；给文档编号则为全文。
mcp-tool-outline = 文档的各级标题和行号。
mcp-tool-precedent = 别的公文怎样写这句话：各种写法、次数、最早最近、出处。
mcp-tool-frame = 句式空缺处填什么，次数和年份。
mcp-tool-count = 词语的准确次数，分年份，并有每万字次数。
mcp-tool-concordance = 每一处连同上下文，一处一行。
mcp-tool-check = 逐句查稿件：逐字、近似、略似还是未见，附出处；所引的话、文件名、条款、文号、数字各与原文核对。要几秒钟。
mcp-tool-compare = 逐句比较两份报告：改动、移位、删去、新增。
mcp-tool-documents = 列出或查找文档：编号、标题、日期。
mcp-about-query = 招商引资 就业 | "坚持以＊为指导" | 甲 AND NOT 乙
mcp-about-year = 2016 或 2010..2015
mcp-about-kind = 文种：总结、通知
mcp-about-section = 小标题里的文字
mcp-about-place = 文档:行，或文档编号
mcp-about-pattern = 坚持以＊为指导
mcp-about-words = 各查询，分别计数
mcp-about-draft = 稿件，一段一行
mcp-about-old = 较早报告的文档编号
mcp-about-exclude = 不比对的文档编号

## 回答

mcp-undated = 无日期
mcp-document = { $title }（{ $about }）
mcp-place = 【{ $place }】
mcp-copies = 另有 { $copies } 份相同
mcp-past-end = 后面没有了。
mcp-no-changes = 没有改动、移位、删去或新增的句子。
mcp-nothing = 没有找到。可以减少词语、换个说法，或者去掉条件。
mcp-next = 还有：用 offset={ $offset } 再调用 { $tool }。
mcp-shortened = 已按回答的长度截短；max_chars 大一些可以看到更多。
mcp-search-head = { $query }：相关 { $passages } 段，{ $documents } 篇；准确计数 { $occurrences } 处，在 { $exact_passages } 段、{ $exact_documents } 篇。
mcp-concordance-head = { $query }：{ $occurrences } 处，{ $documents } 篇。
mcp-documents-head = 共 { $total } 篇：
mcp-count-head = 准确次数，括号里是当年每万字次数：
mcp-count = { $query }：{ $occurrences } 处，{ $passages } 段，{ $documents } 篇
mcp-count-year = { $year }：{ $n }（{ $rate }）
mcp-count-undated = 无日期：{ $undated }
mcp-precedent-head = 与“{ $text }”相近的写法：
mcp-variant = [{ $ord }] “{ $text }” 相似度 { $similarity }，{ $occurrences } 处，{ $documents } 篇，{ $years }
mcp-check-document = - 其中 { $reused } 字也见于 { $document }
mcp-compare-head = { $old } → { $new }：沿用 { $kept } 句，改动 { $changed } 句，移位 { $moved } 句，删去 { $dropped } 句，新增 { $added } 句。
mcp-frame-head = { $pattern }：{ $matches } 处，{ $documents } 篇。空缺处填的是：
mcp-row = [{ $ord }] { $fillers }：{ $occurrences } 处，{ $documents } 篇，{ $years }：“{ $example }”
mcp-check-head = 共 { $characters } 字，其中 { $reused } 字（{ $share } %）在资料里已有。逐字 { $verbatim } 句，近似 { $near } 句，略似 { $loose } 句，未见 { $none } 句。

## 错误

mcp-no-tool = 没有工具 { $name }；有 { $known }
mcp-no-index = 没有这个名称的索引
mcp-no-prompt = 没有提示 { $name }
mcp-no-address = 不是文档的地址：应为 xunzhang://doc/编号，编号用百分号编码；resources/list 列出全部
mcp-bad-cursor = 不是给出过的游标；请从头开始
mcp-bad-unknown = 没有参数 { $name }；有 { $known }
mcp-bad-missing = 缺 { $name }：要一段不为空的文字
mcp-bad-text = { $name } 要是一段文字
mcp-bad-texts = { $name } 要是若干段文字的列表
mcp-bad-whole = { $name } 要是 { $least } 到 { $most } 的整数
mcp-bad-share = { $name } 要是 0 到 1 的数
mcp-bad-choice = { $name } 只能是 { $values }
mcp-try-documents = list_documents 可以按标题查编号；search 给出位置。

## 资源和提示

mcp-resource = 文档的原文，一段一行
mcp-resource-cut = …… 后面还有：用工具 read，place={ $id }，offset={ $offset }。
mcp-prompt-precedent = 别的公文怎样写这句话，附出处
mcp-prompt-wording = 这句话，或者想说的意思
mcp-prompt-citations = 核对稿件里的引文和文件名
mcp-prompt-draft = 稿件
mcp-prompt-precedent-text = 请在资料里为这句话找先例：“{ $wording }”。先用 precedent 查；写法少时，把可变的部分写成 ＊ 用 frame 查，再用主要词语 search。然后列表：写法、次数、最早和最近、一处出处（标题、日期、位置）。说明现在通行哪一种写法，历年有什么变化。工具没有返回的文字不要引用。
mcp-prompt-citations-text = 请对照资料核对这份稿件：逐一列出引号里的引文、《》里的文件名、注明出自某文件的句子；各用 search 按"加引号的短语"查，查不到再用 precedent 查。然后列表：稿件的写法，原文的写法，一致、有改动还是没有找到，原文的标题、日期和位置。稿件如下：{ $draft }
