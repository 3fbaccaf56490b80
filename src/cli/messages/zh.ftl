
# check/mod.rs
check-summary = { $n } 句：逐字 { $verbatim }，近似 { $near }，略似 { $loose }，未见 { $none }。{ $characters } 字中 { $reused } 见于他处，其中除去套语为 { $distinctive }。
check-method = 逐字为单位全同，近似为相似度 { $near } 以上，略似为 { $loose } 以上。见于他处的字有两种：与该句最相似的 { $counted } 种先例之一连续 { $min_run } 字以上相同；没有先例的句子，其中 { $min_clause } 字以上的小句逐字见于他处。每字只计一次。见于 { $common_titles } 种以上文字的是套语：同题的文档、文字全同的文档只算一种。
check-common = 套语
check-rare = 见于少数文件
check-single = 只见于一种文件
check-none = 未见
check-loose = 略似
check-near = 近似
check-verbatim = 逐字
check-draft = 稿件 { $name }

# check/page.rs
check-page-parts = 全句未见，其中的小句见于：
check-page-back = 回到稿中
check-page-sentence = 第 { $number } 句：{ $name }
check-page-hint = 点选左边带色的句子，或按 Tab、← → 键，在这里看它的先例。
check-page = 查对

# check/text.rs
check-newest = 最新
check-oldest = 最早
check-in = 见于
check-clause = 其中小句
check-line = 第 { $line } 行

# check/workbook.rs
check-sheet-documents = 来源文件
check-sheet-sentences = 句子

# docs.rs
n-documents = { $n } 篇
docs-none = 没有这样的文档

# duplicates.rs
duplicates-method = 相似度：两篇共有的 { $gram } 字串占两篇所有不同 { $gram } 字串的比例。达到下限的每一对都找到，首尾相接的归为一组；所列为与组内第一篇的相似度。
duplicates-group = 第 { $number } 组，{ $n }
duplicates-none = 没有近似的副本

# frame/mod.rs
frame-slot = 第 { $ord } 个空位
frame-total = { $documents }，{ $matches }

# frame/table.rs
frame-slot-column = 空位
frame-fillers = 填充

# head.rs
head-ocr = 文字识别（OCR）

# html.rs
more-places = 另有 { $n_more } 处

# index/mod.rs
index-strict = { $files }被跳过（--strict）；其余都已写入索引
n-files = { $n } 个文件

# index/summary.rs
seconds = { $seconds } 秒
index-time = 用时
index-skipped-column = 跳过
index-bytes = 原文
index-changes = 新增 { $added }，改动 { $changed }，移除 { $removed }，未变 { $unchanged }
index-own = 略过寻章自己写的 { $n }：{ $named }
index-more-named = {" "}等（-v 全部列出）
index-skipped-more = 另有 { $more } 个文件也跳过：{ $reason }（-v 全部列出）
index-skipped = 跳过 { $path }：{ $reason }

# index/warning.rs
warning-split-lines = 全文在一行，分成了 { $n } 行
warning-unaccounted = 读到 { $read } 字，收下 { $kept } 字，这是程序的错误，请报告
warning-set-aside = { $percent }% 的文字不作正文，主要是{ $reason }；`xunzhang show --all` 可查
warning-garbled-name = 文件名是乱码，应为 { $name }
warning-misnamed = 扩展名与内容不符，按内容读取（{ $what }）
warning-cut-cells = 有 { $n } 个单元格达到 Excel 的长度上限，文字可能被截断
warning-recognized = 有 { $n } 页的文字是从图片识别（OCR）的，可能有错
warning-picture-pages = 有 { $n } 页只有图片，没有文字；可用 `index --ocr` 识别
warning-skipped-inside = 里面的 { $path } 未收：{ $reason }
warning-incomplete = 文件有损坏，只收了读得出的部分；请用原来的软件打开并另存一份
warning-repeated-id = 编号 { $key } 已有，加了序号
warning-empty-record = 这条记录没有文字，未收
warning-bad-record = 第 { $n } 条记录读不出，未收
warning-controls = 去掉了 { $n } 个控制字符
warning-undecodable = 有 { $n } 处字节解不出
warning-escapes = 去掉了 { $n } 处残留转义
warning-shortened = { $field } 太长，列表里只显示开头
warning-repeated-title = 标题印了两遍，只留一个
warning-repeated-text = 全文出现 { $n } 遍，只留一份
warning-joined-lines = 接上了 { $n } 处硬换行
warning-summary = { $what }：{ $n }，{ $named }
warning-more-named = {" "}等（-v 全部列出）
warning-of = { $id }：{ $sentence }

# ocr.rs
ocr-no-program = 没有可用的文字识别程序，图片页仍然跳过；请安装其一：`pip install rapidocr onnxruntime`，或 tesseract 及其中文数据（`apt install tesseract-ocr-chi-sim`）

# output/mod.rs
output-workbook = 工作簿不宜显示在终端上；请用 -o 文件.xlsx

# output/refusal.rs
refusal-not-ours = 已有这个文件，且不是寻章写的 .{ $extension }；请换一个名字，确要替换则加 --overwrite
refusal-index = { $dir } 是索引的文件夹；请写到别处
refusal-no-folder = 没有文件夹 { $folder }；请先建立
refusal-extension = 扩展名应为 { $known } 之一
refusal = 无法写入 { $path }：{ $why }

# precedent/mod.rs
precedent-none-near = 没有相似度达到 { $least } 的先例；可用 --min-similarity 放宽

# precedent/page.rs
precedent-page-template = 模板
precedent-none = 没有先例
precedent-page = 先例

# precedent/text.rs
precedent-nothing = （无）
precedent-template = 模板

# progress.rs
progress-bar = {"{"}bar:30{"}"} {"{"}pos{"}"}/{"{"}len{"}"} 还需 {"{"}eta{"}"}

# report.rs
report-total = 共 { $documents } 篇，{ $passages } 段，{ $characters } 字
wrote = 已写入 { $path }

# search/batch.rs
batch-no-id = 此行应为“编号<制表符>查询”
batch-no-json = 此行应为 {"{"}"_id":"…","text":"…"{"}"}
batch-id-used = 编号 { $id } 已用过
batch-unreadable = 查询文件 { $file } 无法读取
batch-failed = { $n_lines } 行里有 { $n_bad } 行无法执行，其余已完成

# search/hint.rs
hint-word = { $word } { $n } 段
hint-part = ；其中“{ $text }”有 { $n }
n-passages = { $n } 段
hint-near = ；相近的有 { $list }
hint-missing = “{ $row }”没有出现
hint-each-occurs = 各自都有（{ $list }），但没有同时符合其余条件的；可试 OR，或少用条件
hint-without-filters = 去掉所有筛选条件则有 { $n }
hint-without-filter = 去掉 { $flag } 则有 { $n }

# search/mod.rs
search-trec-passages = trec 格式按文件排序；请去掉 --by passage
search-count-trec = --count 没有 trec 格式；可用 text、json、jsonl、csv、tsv
search-took = 用时 { $ms } 毫秒

# search/page.rs
search-count = 出现 { $places }，在 { $documents }的 { $passages }里

# search/text.rs
search-score-terms = ；{ $parts }
search-as-written = ，原样出现
search-all-words = ，词语齐全
search-score-parts = ：检索 { $retrieved }，另加 { $added }，单字 { $units }，覆盖 { $coverage }，连续 { $run }
search-score = 得分 { $score }
search-copies = 另有 { $n } 处相同：{ $places }
search-here = 本篇 { $matching }
search-earlier = ；都在前面各页
search-shown = ；以下第 { $first }–{ $last } 条
search-shown-one = ；以下第 { $rank } 条
search-total = 共 { $documents }、{ $passages }

# show.rs
show-line = 行
show-passage = 段
show-no-passage = { $id } 有 { $last } 段，没有第 { $number } 段
show-name-one = { $name } 里有 { $n } 篇；请指明一篇，如 { $name }#1:{ $number }

# similar.rs
similar-other = 占对方 { $other }
similar-none = 没有与它相同的文字

# status.rs
value-missing = （无）
status-characters = { $passages }（读到 { $read }，不作正文 { $aside }）
status-synonyms = 同义词表
status-dictionary = 用户词典
column-characters = 字符
column-passages = 段落
column-documents = 文档
status-since = 此后变动
status-files = 文件
status-roots = 来源
status-index = 索引
status-stale = { $changed } 个改动，{ $vanished } 个不存在；运行 `xunzhang index 文件夹` 更新
status-unchanged = 没有
status-size = { $n }（{ $size }）
status-index-of = { $index }（格式 { $format }，指纹 { $fingerprint }，占盘 { $size }）
column-kind = 文种
column-year = 年份
status-gone = 已不存在 { $path }
status-changed = 已改动 { $path }
status-files-of = { $files }（{ $n }）
n-lines = { $n } 条
list-separator = 、
value-none = 无
status-nothing-skipped = 没有跳过的文件
status-set-aside = { $document }：{ $percent }% 的文字不作正文，主要是{ $reason }
status-skipped = 跳过 { $path }：{ $reason }

# trend.rs
trend-course = 共 { $total } 次（未注日期 { $undated } 次）；首见 { $first }，高峰 { $peak }，末见 { $last }；{ $course }

# verify.rs
flaw-not-findable = { $document }:{ $number }：用自己的文字找不到
flaw-passages = { $document }：应有 { $expected } 段，实有 { $found } 段
flaw-missing-file = 缺少文件 { $name }
flaw-damaged-file = 文件 { $name } 与校验和不符
verify-problems = 有 { $n } 处问题；查了 { $files } 个文件、{ $documents } 篇文档、{ $passages } 段
verify-sound = 完好：{ $files } 个文件校验和无误，{ $documents } 篇文档齐全，{ $passages } 段都能由自己的文字找到

# watch.rs
watch-summary = 共 { $documents } 篇；新增 { $added }，更新 { $changed }，移除 { $removed }，跳过 { $skipped } 个文件；{ $seconds } 秒

# wording.rs
input-unreadable = 标准输入无法读取
counts = { $documents }，{ $times }{ $years }
counts-years = ，{ $years }
n-occurrences = { $n } 次

# words.rs
nothing-found = 没有找到
refusal-folder = 这是文件夹；请写出其中的文件名
refusal-not-a-file = 它不是普通文件；要写到标准输出，请去掉 -o，用 --format
refusal-dangling = 它是指向空处的链接；请先删掉链接
refusal-protected = 它是只读文件；请换一个名字，或更改它的权限
refusal-input = 本命令正要读它；请换一个名字
refusal-source = 它是索引的原文；请换一个名字
refusal-twice = 本命令的另一项输出也写到它；请换一个名字
refusal-edited = 它是寻章写的，但后来改过；请换一个名字，确要替换则加 --overwrite
refusal-changed = 命令运行期间它有了变动；请看过再运行一次

# hand
words-word = 词
words-occurrences = 次数
words-documents = 文档数
words-per-10k = 每万字
words-top-method = 每万字的分母是筛选范围内全部段落的字数；按章节作用（--role）筛选时只是该类段落的字数。
words-here = 此处次数
words-against = 对照次数
words-g2 = G²
words-log-ratio = 对数比
words-keyness-method = 此处共 { $size } 词，对照共 { $against } 词（两字以上的词，停用词不计）。G² 是对数似然比，对数比是两处频率之比以 2 为底的对数，没有的按半次算。
words-together = 同现
words-left = 在前
words-right = 在后
words-all-occurrences = 总次数
words-log-dice = logDice
words-cohesion = 凝固度
words-boundary-entropy = 边界熵
words-new-method = 凝固度：把词切成两段的各种切法中最小的点互信息（比特）。边界熵：前邻字与后邻字的熵中较小的一个（比特）。文字相同的段落只算一次。
docs-date = 日期
docs-kind = 文种
docs-passages = 段
docs-characters = 字符
docs-title = 标题
head-date = { $date }（{ $source }）
head-ocr-passages = 其中 { $n } 段是文字识别（OCR）的，前有 ~ 号
date-record = 记录字段
date-metadata = 标题下的时间
date-subtitle = 题注
date-signature = 落款
date-title = 标题
date-document-number = 发文字号
date-file-name = 文件名
flaw-count = { $what }：清单记 { $manifest }，实有 { $found }
flaw-files = 文件
flaw-documents = 文档
flaw-passages-count = 段落
flaw-characters = 字符
frame-times = 次
frame-docs = 篇
frame-years = 年份
frame-filler = 填充
frame-source = 出处
frame-undated = 无日期：{ $n }
refusal-denied = 没有权限写到那里；请换一个文件夹，或更改它的权限
refusal-read-only = 那里的文件系统是只读的；请换一个文件夹
refusal-disk-full = 磁盘已满
refusal-too-large = 文件超过了系统允许的大小；请换一个磁盘，或提高限额
refusal-name = 文件名太长或不可用
index-speed = { $time }，{ $speed } MB/s
check-documents = 来源文件（字数；除去套语；句数）
program-failed = 程序出错，已停止；索引仍是上次提交的样子，是否完好可用 `xunzhang verify` 检查

# index/warning.rs: headings of sorts
warnings-incomplete = 文件有损坏，只收了读得出的部分
warnings-skipped-inside = 压缩包或邮件里有文件未收
warnings-picture-pages = 有的页没有文字，只有图片；可用 `index --ocr` 识别
warnings-recognized = 文字是从图片识别（OCR）的，可能有错
warnings-cut-cells = 有单元格被 Excel 截断
warnings-set-aside = 超过 5% 的文字不作正文（`xunzhang show --all` 可查）
warnings-unaccounted = 收下的字数与读到的不符，这是程序的错误，请报告
warnings-misnamed = 扩展名与内容不符
warnings-garbled-name = 文件名是乱码
warnings-bad-record = 有读不出的记录
warnings-empty-record = 有空记录
warnings-undecodable = 有解不出的字节
warnings-repeated-text = 全文重复，只留一份
warnings-repeated-id = 编号重复，已加序号
warnings-split-lines = 全文在一行，已按标题分开
warnings-joined-lines = 硬换行，已接上
warnings-repeated-title = 标题重复，只留一个
warnings-escapes = 有残留转义，已去掉
warnings-shortened = 标题等太长，列表里只显示开头
warnings-controls = 有控制字符，已去掉

# check tables
check-page-documents = 来源文件
check-share = 占全文
check-characters = 字数
check-distinctive = 除去套语
check-sentences = 句数
check-column-line = 行
check-column-class = 类别
check-column-similarity = 相似度
check-column-rarity = 稀见
check-column-sentence = 句子
check-column-difference = 差异
check-column-occurrences = 次数
check-column-documents = 篇数
check-column-oldest = 最早
check-column-oldest-place = 最早出处
check-column-newest = 最新
check-column-newest-place = 最新出处
check-column-document = 文件
check-column-title = 标题
check-column-date = 日期

# errors
error-cause = ：
error-no-file = 没有文件 `{ $name }`
error-no-record = { $file } 里没有记录 `{ $key }`；`xunzhang outline { $file }` 列出全部
error-index-damaged = 索引已损坏；请用 `xunzhang index --rebuild 文件夹` 重建
error-line = 第 { $line } 行：{ $problem }
error-no-index = { $dir } 里没有索引；先用 `xunzhang index 文件夹` 建立
error-not-an-index = { $dir } 里的文件不是寻章的索引；请用 --index 指定别的文件夹
error-foreign-file = { $dir } 里有不属于索引的 { $file }；请把它移走，或用 --index 指定别的文件夹
error-unfinished = { $dir } 里没有索引：第一次没有建完；请再运行一次 `xunzhang index 文件夹`
error-damaged = { $dir } 里的索引已损坏：{ $file } 与写入时不同；请用 `xunzhang index --rebuild` 重建
error-other-format = { $dir } 里的索引是格式 { $found }，本版本读格式 { $expected }；请用 `xunzhang index --rebuild 文件夹` 重建
error-locked = 另一个进程正在写 { $dir } 里的索引；请等它结束后再试
error-denied = 没有权限读写 { $dir } 里的索引；请更改该文件夹和其中文件的权限，或用 --index 指定别的文件夹
error-too-many-files = 打开的文件太多，{ $dir } 里的索引无法使用；请提高上限（如 `ulimit -n 4096`），再运行一次
error-unwritten = { $dir } 里的索引没能写入，仍是原来的样子；请看磁盘是否有空间、文件夹是否可写、可打开的文件数是否够（`ulimit -n`），再运行一次
error-engine = { $dir } 里的索引无法使用；如已损坏，请用 `xunzhang index --rebuild 文件夹` 重建
error-other-dictionary = 索引是用另一部词典建立的；要换词典，请加 --rebuild 重建
error-unreadable = { $path } 无法读取
error-unwritable = { $path } 无法写入
error-unwatchable = { $path } 无法监视
error-glob = `{ $pattern }` 不是路径通配式：{ $reason }
glob-too-long = 至多 1,000 个字符
glob-unclosed-class = 方括号没有配对
glob-range = 范围颠倒，{ $first } 在 { $last } 之后
glob-unopened-brace = 花括号没有配对的前一半
glob-unclosed-brace = 花括号没有配对的后一半
glob-escape = 末尾的反斜杠没有要转义的字符
glob-unreadable = 无法解读
error-exclude-bound = 要排除的通配式无效：{ $reason }
glob-too-deep = 花括号至多套 10 层
error-exclude = 要排除的通配式 `{ $pattern }` 无效：{ $reason }
error-missing-root = 没有 { $path }；请检查路径，确已不用则加 --prune
error-too-expensive = { $phrase } 在这个索引上要查的太多；请减少空位和备选，或换用更少见的词
error-no-document = 索引里没有文件 `{ $id }`；用 `xunzhang docs` 列出所有文件
error-ambiguous = `{ $name }` 可能指 { $n } 篇：{ $named }；请写明一篇
error-ambiguous-many = `{ $name }` 可能指 { $n } 篇：{ $named } 等；请写明一篇
error-no-units = 没有可查的内容：文字里没有汉字、字母或数字
error-no-slot = 句式 `{ $pattern }` 里没有空位；请在变化之处写 `*`，如 `坚持以*为指导`
error-too-short = 文件太短，无从比较：没有一段有连续 { $n } 个字词
error-text-too-long = 文字有 { $n_chars } 个字符，上限是 { $limit }；请分段查
error-synonyms = 同义词表 { $path } 里有一行不是规则
error-synonyms-line = 第 { $line } 行：应为 `甲 = 乙` 或 `甲 => 乙`，实为“{ $text }”
error-dictionary = 词典 { $path } 里有一行不是词条
error-dictionary-line = 第 { $line } 行：应为“词 [词频] [词性]”，实为“{ $text }”
error-keywords = 词表 { $path } 有误
error-keywords-typed = 词条有误
error-no-keywords = 词表 { $path } 里没有词条；应每行一条，如 `组名：词1 | 词2`
error-no-keywords-typed = 没有词条；请给出词语，或用 --keywords 指定词表
error-too-many-keywords = 有 { $n } 个词条，一次至多 10,000 个；请拆分词表
error-thread = 一个写入线程中途停了
error-of-engine = { $said ->
       *[other] 索引引擎报错
    }
error-other = { $said ->
       *[other] 程序库报错
    }
error-no-workbook = { $path } 无法读取：不是 Excel 工作簿；请把词表另存为 .xlsx、.csv 或纯文本
error-archive = 压缩包无法生成
error-workbook = 工作簿无法生成
query-empty = 没有要找的内容；请给出词或短语
query-unclosed-quote = 这个引号没有配对的后引号
query-unclosed-bracket = 这个括号没有配对的另一半
query-no-operand = 此处之后应有词或短语
query-no-left-operand = 此处之前应有词或短语
query-not-nearable = NEAR 两边只能是词或不带空位的短语
query-no-distance = NEAR/ 之后应是 100 以内的距离，如 招商 NEAR/10 就业
query-no-weight = ^ 之后应是数字，如 词^2
query-weight-out-of-range = 权重应在 0.01 到 100 之间
query-open-gap = 空位两边都要有字，如 "坚持以*为指导"
query-bad-range = 此处应是范围，如 *{"{2,8}"}
query-too-many-gaps = 一个短语至多 32 个空位
query-too-far = 空位或距离至多 100 个单位
query-no-value = 字段之后应有值，如 kind:总结
query-bad-year = 此处应是年份或年份范围，如 year:2005..2010
query-too-deep = 括号至多套 32 层
query-too-many = 词和短语至多 1,000 个
query-too-long = 查询至多 10,000 个字符
skip-pages = 有 { $n } 页没有文字，只有图片；可用 `index --ocr` 识别
skip-loop = 是指回 { $above } 的链接
skip-dangling = 是指向空处的链接
skip-emptied = 已没有文件；以前收的仍留在索引里，加 --prune 才移除
skip-denied = 没有权限读取；请更改它的权限
skip-unreadable = 无法读取：{ $reason }
skip-not-a-file = 不是文件
skip-binary = 不是已知编码的文本
skip-empty = 没有文字
skip-own-output = 是寻章自己写的
skip-crashed = 读取时出错；请报告这个问题
skip-too-large = 太大：{ $size } 字节，上限 { $limit } 字节；请拆分
skip-too-slow = 读了 { $seconds } 秒还没有读完；请用原来的软件另存一份，或拆分
skip-too-hungry = 读取需要的内存超过 { $megabytes } MB；请用原来的软件另存一份，或拆分
skip-too-much-text = 一篇的文字太多，上限 { $megabytes } MB（每行另算 160 字节）；请拆分，或在 index 时用 --memory 给更多内存
skip-long-record = 第 { $line } 行起的一条记录超过 { $megabytes } MB；请补上引号、拆分，或在 index 时用 --memory 给更多内存
skip-encrypted = 需要密码才能打开；请去掉密码另存一份
skip-expands = 解压后超过 { $limit } 字节；请拆分
skip-only-pictures = 没有文字，只有 { $pages } 页图片；可用 `index --ocr` 识别
skip-unsupported = 是 { $what }，本版本不读；请另存为纯文本
skip-picture = 是 { $what }，没有文字；可用 `index --ocr` 识别
skip-packed = 是 { $what }，这里不解压；请解压到文件夹，或改用 .zip
skip-too-old = 是 { $what }，格式太旧，读不了；请用原来的软件、WPS 或 LibreOffice 打开，另存为 { $ending }
skip-protected = 受 { $by } 保护；请在能打开它的电脑上另存一份不加保护的
skip-damaged = 是损坏的 { $what }（{ $reason }）；请用原来的软件打开并另存一份
boilerplate-contents = 目录
boilerplate-running-head = 页眉页脚
boilerplate-page-number = 页码
boilerplate-metadata = 文件信息
boilerplate-frame = 网页栏目
boilerplate-repeated-title = 重复的标题
boilerplate-repeated-text = 重复的全文
boilerplate-hidden = 隐藏文字
boilerplate-symbols = 符号

# What the system says of a file; $kind is the sort of error, $said its number.
system =
    { $kind ->
        [not-found] 没有这个文件或文件夹
        [denied] 没有权限
        [exists] 已有同名的文件或文件夹
        [folder] 这是文件夹
        [not-a-folder] 路径当中有一段不是文件夹
        [folder-not-empty] 文件夹不是空的
        [read-only] 文件系统是只读的
        [disk-full] 磁盘已满
        [too-large] 文件超过了系统允许的大小
        [name] 文件名太长或不可用
        [not-utf8] 不是 UTF-8 文本
        [cut] 文件在中途断了
        [busy] 正被别的程序使用
        [timeout] 等得太久，系统没有回应
        [memory] 内存不够
       *[other] 系统报错{ $said }
    }

## 命令的说明。英文的写在各命令参数的文档注释里；此处的键是 help-命令-参数，各命令相同的是 help-any-参数。

usage = 用法：{ $usage }
usage-options = [选项]
usage-command = <命令>
heading-arguments = 参数
heading-options = 选项
heading-commands = 命令
heading-filters = 筛选
heading-global-options = 通用选项
help-default = （默认 { $value }）
help-choices = （可用 { $values }）
help-variable = （环境变量 { $name }）

placeholder-bits = 比特
placeholder-by = 方式
placeholder-command = 命令
placeholder-dir = 文件夹
placeholder-doc = 文档
placeholder-doc-passage = 文档[:段]
placeholder-draft = 稿件
placeholder-file = 文件
placeholder-filter = 条件
placeholder-format = 格式
placeholder-glob = 通配式
placeholder-keyword = 词条
placeholder-kind = 文种
placeholder-limit = 数
placeholder-map = 对应
placeholder-n = 数
placeholder-part = 部分
placeholder-path = 路径
placeholder-pattern = 句式
placeholder-query = 查询
placeholder-role = 作用
placeholder-share = 比例
placeholder-shell = 外壳
placeholder-side = 方位
placeholder-size = 大小
placeholder-sort = 顺序
placeholder-text = 文字
placeholder-word = 词
placeholder-years = 年份

help-any-help = 显示说明
help-any-version = 显示版本
help-any-index = 索引的文件夹
help-any-lang = 报告和消息用的语言（默认随系统）
help-any-color = 何时用颜色；auto 在终端上且没有设 NO_COLOR 时用
help-any-quiet = 只输出结果和错误
help-any-verbose = 多说一些过程
help-any-kind = 只看这个文种的文档，如 总结、通知、办法
help-any-year = 只看这一年或这些年的文档，如 2005..2010、2005..、..2010
help-any-path = 只看编号符合通配式的文档，如 '2009/**'、'*.md'
help-any-section = 只看标题里有这段文字的章节
help-any-role = 只看起这种作用的章节：基本情况、做法、成效、体会、问题、打算、建议
help-any-within = 在文档的哪一部分里找：body 正文，headings 单独成行的标题，all 全部
help-any-no-ocr = 不看文字识别（`index --ocr`）得来的段落
help-any-format = 输出的格式
help-any-output = 写入这个文件；没有 --format 时，格式由扩展名决定
help-any-overwrite = 文件不是寻章写的也替换；命令要读的文件和索引的原文总不替换
help-any-limit = 至多显示多少条
help-any-least = 至少出现几次（默认 1；new 为 10，collocates 为 3）
help-any-row = 几个词连在一起算一条

help-xunzhang = 寻章：中文公文全文检索、先例查找与词语统计
help-xunzhang-examples =
    示例：
      xunzhang index corpus                        为文件夹建立索引
      xunzhang search 失地农民 安置                按相关度排列的段落，有其中任一词即可
      xunzhang search '"坚持以*为指导"' --count    带空位的短语，只计数
      xunzhang search 招商引资 --year 2005..2010 --kind 总结 --by document
      xunzhang search '招商 NEAR/10 就业' -C 1     两词相近，并显示前后各一段
      xunzhang precedent 学习工作两不误            别处怎样写这句话，各有几次、见于何时
      xunzhang frame '坚持以*为指导'               空位里填过什么
      xunzhang check draft.docx -o check.html      逐句查对稿件

    各命令的说明见 `xunzhang 命令 --help`。退出码：0 找到，1 没有找到，2 出错。

help-index = 建立索引，或更新索引
help-any-paths = 文件和文件夹（默认为上次建索引的那些，没有则为 `corpus`）
help-any-rebuild = 全部重新读取，并丢掉以前收的
help-any-jobs = 线程数，1 到 64（默认与处理器数相同，至多 8）
help-any-memory = 写入之前可占的内存，如 200、200MB、1G；只写数字时单位为 MB
help-any-dict = jieba 格式的用户词典；可多次使用
help-any-synonyms = 供查询用的同义词表；可多次使用
help-any-exclude = 不收的文件或文件夹，如 '*.bak'、'old/**'；可多次使用；以后各次沿用，直到另给
help-any-map = 记录的列与字段的对应，如 text=full_text,title=标题；以后各次沿用，直到另给
help-any-prune = 移除已不存在或已空的文件夹以前收的文档
help-any-ocr = 没有文字的页（扫描件、画成轮廓的字）用本机的文字识别程序识别：RapidOCR 或 tesseract；索引里已有这种页的文件会重新读取
help-any-strict = 有文件没有收成文档时，退出码为 2
help-any-json = 用 JSON 输出小结

help-search = 查找段落，最相关的在前
help-search-query = 要找什么：词、'"短语"'、AND、OR、NOT、NEAR/n、字段；用 --help 看全部写法
help-search-queries = 执行文件里的各条查询，`-` 为标准输入
help-search-limit = 至多显示多少条（默认 10；trec 格式为 1000）
help-search-offset = 跳过前面多少条
help-search-by = 按段落还是按文档排列；文档显示其中最相关的一段（默认 passage）
help-search-sort = 顺序；未注日期的文档排在最后
help-search-context = 每条前后各显示几段
help-search-full = 显示整段
help-search-collapse = 文字相同的段落只显示一次，并注明份数（默认）
help-search-no-collapse = 相同的段落逐一显示
help-search-explain = 显示得分怎样得来
help-search-count = 只输出次数、段数、篇数
help-search-examples =
    查询的写法（全角符号也可以；请用单引号括起，以免被外壳改动）：
      失地农民 安置            有其中任一词；越多、越少见、越靠近的越在前
      '"失地农民的安置"'       逐字相同的短语
      '"坚持以*为指导"'        * 为同一句里的 1 到 20 个字词；也可写 *{"{2,8}"}；? 为一个
      '+招商 -工厂'            必须有，必须没有；也可用 AND、OR、NOT、( )
      '招商 NEAR/10 就业'      同一句里相隔 10 个字词以内
      title: heading: kind: year:2005..2010 path: role:     限定字段
      '招商^2 就业'            加权

    格式：text 供人看；json 为一个对象，jsonl 每行一条；csv 和 tsv 每行一条，编码为 UTF-8；
    trec 为 `qid Q0 docid rank score xunzhang`，按最相关的段落排列文档，深 1,000；
    单条查询的 qid 为 1，编号里的空格写作 %20。

    --queries 的文件每行一条查询：`编号<制表符>查询` 或 `{"{"}"_id":…,"text":…{"}"}`；结果按文件的顺序，
    jsonl、csv 和 tsv 带 query_id，json 每行一个对象。无法执行的行会报告，其余照常执行。

help-precedent = 查找别处怎样写：各种写法及其次数和时间
help-precedent-text = 要查的文字，`-` 为标准输入
help-precedent-min-similarity = 最低相似度，0 到 1
help-precedent-limit = 每句至多显示几种写法
help-precedent-sources = 每种写法至多显示几处出处，含最早和最新的（默认 3；JSON 为 100）
help-precedent-examples =
    示例：
      xunzhang precedent 学习工作两不误                       一句话的各种写法，最接近的在前
      xunzhang precedent '坚持以招商引资为抓手' --year 2010..   只看 2010 年以后的文档
      xunzhang precedent - --format html -o out.html <draft.txt

    相似度为 1 时字词全同。相似度是两边能对上的单位数（换了位置的按九成算）的两倍，除以两边
    单位数之和。文字有几句时逐句作答。

help-frame = 列出句式的空位里填过什么
help-frame-pattern = 带空位的文字
help-frame-limit = 每张表至多几行（终端上默认 30，否则为全部）
help-frame-by = 次数再按年份分开
help-frame-examples =
    示例：
      xunzhang frame '坚持以*为指导'                       中间填过什么，各有几次，从何时到何时
      xunzhang frame '以*为*{"{1,4}"}，' --by year -o x.xlsx   有几个空位时，列出组合，另给每个空位一张表

    `*` 为同一句里的 1 到 20 个字词，`*{"{m,n}"}` 为 m 到 n 个，`?` 为一个。

help-check = 逐句查对稿件
help-check-draft = 稿件：能建索引的任何格式的文件，`-` 为标准输入
help-check-limit = 每句至多显示几种写法
help-check-sources = 每种写法至多显示几处出处，含最早和最新的
help-check-documents = 总表里至多列几篇文档
help-check-examples =
    示例：
      xunzhang check draft.txt                  在终端上逐句显示
      xunzhang check draft.docx -o check.html   网页：点选一句，旁边显示它的先例
      xunzhang check - --format json <draft.txt

    句子分为逐字、近似（相似度 0.8 以上）、略似（0.5 以上）和未见。见于他处的字有两种：与最相似
    的五种先例之一连续四字以上相同；没有先例的句子，其中八字以上的小句逐字见于他处。每字只计一次。
    见于五种以上文字的是套语；同题的文档、文字全同的文档只算一种。

help-report = 统计词语：工作簿、网页、表格
help-report-keywords = 词条，写法与词表的一行相同
help-report-list = 词表：文本、.csv、.tsv 或 .xlsx
help-report-output = 写入这个文件，格式由扩展名决定：.html .csv .json .xlsx .zip .md；可多次使用
help-report-excerpts = 每条至多摘录几处，按文档顺序取前面的
help-report-no-negation = 不区分被否定的
help-report-examples =
    示例：
      xunzhang report 招商引资 '"坚持以*为指导"' '失地农民 | 被征地农民'
      xunzhang report --keywords words.txt --excerpts 20 -o report.xlsx -o report.html
      xunzhang report --keywords words.csv --kind 工作报告 --year 2010.. -o report.json

    词表每行一条：一个词（即逐字短语）、任何查询，或用 `|` 隔开、合起来计数的几种写法。
    `组名：词1 | 词2` 归入一组；`#` 之后是注释。.csv 和 .xlsx 的第一列是词条，第二列是组名。
    几种写法互相重叠时，只计最长的。

help-trend = 词语的兴起、高峰和消退
help-trend-words = 词或查询，各画一条线；用 `|` 隔开的几种写法合为一条
help-trend-by = 按什么分段
help-trend-output = 写入这个文件，格式由扩展名决定：.svg .html .csv .json；可多次使用
help-trend-examples =
    示例：
      xunzhang trend 科学发展观 新发展理念              在终端上逐年显示
      xunzhang trend 招商引资 --by decade -o trend.svg   每万字次数的图

help-words = 词表：高频词、特色词、搭配词、新词
help-words-examples =
    示例：
      xunzhang words top --kind 工作报告 -n 50
      xunzhang words keyness --year 2020.. --against year:..2010
      xunzhang words collocates 乡村振兴 --window 8
      xunzhang words new --format dict > words.txt && xunzhang index --rebuild --dict words.txt corpus
help-words-top = 最常见的词，或几个词连成的词组
help-words-keyness = 筛选范围内特有的词：对数似然比（G²）和对数比
help-words-keyness-against = 与什么对照：kind:总结 year:..2010 path:通配式 role:作用（默认为其余的文档）
help-words-collocates = 与一个词搭配的词，按 logDice 排列
help-words-collocates-word = 要看的词，作逐字短语
help-words-collocates-window = 从这个词到搭配词的远端至多几个字词
help-words-collocates-side = 看哪一边：both 两边，left 前面，right 后面
help-words-new = 词典里没有的词语，按凝固度和边界熵选出
help-words-new-cohesion = 凝固度的下限，单位为比特
help-words-new-freedom = 边界熵的下限，单位为比特：前后的字变化越多，熵越大

help-similar = 列出与一篇有相同文字的文档
help-similar-document = 索引里文档的编号，或一个文件
help-similar-min-share = 对方至少含有这篇的多少，0 到 1
help-similar-limit = 至多列几篇
help-similar-passages = 每篇至多显示几段

help-duplicates = 列出全部文档里近似的副本
help-duplicates-min-similarity = 两篇副本的最低相似度，0 到 1：共有的 8 字串占两篇所有 8 字串的比例

help-show = 阅读一篇文档，或其中一段及其前后
help-show-document = 索引里的编号，或编号中独有的一部分，或一个文件；后接 `:` 和数字则为其中一段
help-show-context = 所指的一段前后各显示几段
help-show-all = 不作正文的行也显示：文件信息，以及网页在正文周围放的东西
help-show-ocr = 文件里没有文字的页用文字识别程序识别，同 `index --ocr`；文件即使在索引里也重新读取
help-show-format = 输出的格式；json 时文件里每篇文档一行一个对象

help-outline = 显示一篇文档的标题
help-outline-document = 一个文件，或索引里的编号，或编号中独有的一部分
help-outline-format = 输出的格式；json 时文件里每篇文档一行一个对象

help-docs = 列出文档
help-docs-title = 标题或发文机关里有这段文字的文档
help-docs-sort = 顺序

help-status = 显示索引里有什么
help-status-skipped = 列出整个或部分没有读取的文件，和超过 5% 的文字不作正文的文档，并说明原因

help-verify = 检查索引是否完好、每一段能否找到

help-watch = 文件变动时随时更新索引

help-completions = 输出外壳的命令补全脚本
help-completions-shell = 用哪一种外壳

# values
value-whole-number = 应是整数
value-number = 应是数字
value-out-of-range = { $value } 不在 { $least } 到 { $most } 之间
value-not-positive = 应是 1 以上的整数
value-share = 应是 0 到 1 的数，如 0.7
value-size = 应是大小，如 200、200MB、1G
value-years = 应是年份或年份范围，如 2009、2005..2010
value-years-reversed = 起始年份在结束年份之后；请调换
value-section = 应是标题里的文字
value-role = 应是 基本情况、做法、成效、体会、问题、打算、建议 之一
value-restriction = 应是 kind:、year:、path: 或 role: 加一个值，实为 `{ $text }`
value-restriction-name = 应是 kind:、year:、path: 或 role:，实为 `{ $name }:`
value-restriction-years = 应是年份或年份范围，如 year:2005..2010
usage-map-pair = `{ $text }` 不是“字段=列名”，应如 text=full_text,title=标题
usage-map-field = 没有字段 `{ $field }`；可用 id、title、text、date、kind、issuer、url

## 命令写错时的说明。英文由 clap 自己给出。

usage-error = 错误：
usage-more = 详见 `{ $name } --help`。
usage-no-value = { $argument } 之后要有一个值；请补上
usage-no-choice = { $argument } 之后要有一个值；可用 { $choices }
usage-bad-value = { $argument } 不能是“{ $value }”；请换一个值
usage-bad-choice = { $argument } 不能是“{ $value }”；可用 { $choices }
usage-refused-value = { $argument } 不能是“{ $value }”：{ $reason }
usage-unknown-flag = 没有选项 { $argument }；请检查拼写，若它不是选项，请在前面加 `--`
usage-unknown-flag-meant = 没有选项 { $argument }；是否要写 { $meant }？
usage-unknown-argument = 多了“{ $argument }”；请去掉，若含空格请加引号
usage-unknown-command = 没有命令“{ $command }”；请从说明所列的命令里选一个
usage-unknown-command-meant = 没有命令“{ $command }”；是否要写 { $meant }？
usage-no-equals = { $argument } 与值之间要有等号；请写作 选项=值
usage-too-many-values = { $argument } 多了一个值“{ $value }”；请去掉
usage-too-few-values = { $argument } 要 { $wanted } 个值，只给了 { $given } 个；请补上
usage-wrong-number = { $argument } 要 { $wanted } 个值，给了 { $given } 个；请改正
usage-conflict = { $argument } 不能与 { $other } 一起用；请去掉其一
usage-conflict-unnamed = { $argument } 不能与别的选项一起用；请只留一个
usage-twice = { $argument } 只能用一次；请去掉重复的
usage-missing-argument = 缺少 { $argument }；请补上
usage-missing-command = 缺少命令；请从说明所列的命令里选一个
usage-not-utf8 = 参数里有不是 UTF-8 的字节；请检查终端的编码
usage-unprinted = 说明没能输出；请检查输出到哪里
usage-other = 命令写得不对；请对照用法改正

# What files are, and what is wrong with them.

what-text = 纯文本
what-markdown = Markdown 文本
what-json-lines = JSON Lines 文件
what-csv-table = CSV 表格
what-tsv-table = 制表符分隔的表格
what-workbook = 工作簿
what-word = Word 文档（.docx）
what-word-xml = Word XML 文档
what-word-97 = Word 97 或 WPS 文档（.doc、.wps）
what-pdf = PDF 文档
what-ofd = OFD 文档
what-rtf = RTF 文档
what-open-text = OpenDocument 文本
what-power-point = PowerPoint 演示文稿（.pptx）
what-power-point-97 = PowerPoint 97 演示文稿（.ppt）
what-open-presentation = OpenDocument 演示文稿
what-epub = EPUB 电子书
what-html = HTML 网页
what-mail = 邮件或网页存档（.eml、.msg、.mbox、.mht）
what-zip-archive = ZIP 压缩包
what-encrypted-file = 加密文件
what-png-image = PNG 图片
what-jpeg-image = JPEG 图片
what-gif-image = GIF 图片
what-tiff-image = TIFF 图片
what-jpeg-2000-image = JPEG 2000 图片
what-djvu-scan = DjVu 扫描件
what-photoshop-image = Photoshop 图片
what-heif-image = HEIF 图片
what-webp-image = WebP 图片
what-bmp-image = BMP 图片
what-rar-archive = RAR 压缩包
what-seven-zip-archive = 7z 压缩包
what-gzip-archive = gzip 压缩包
what-bzip2-archive = bzip2 压缩包
what-xz-archive = xz 压缩包
what-zstd-archive = zstd 压缩包
what-cab-archive = CAB 压缩包
what-arj-archive = ARJ 压缩包
what-tar-archive = tar 归档
what-word-2 = Word 2 文档
what-word-for-dos = DOS 版 Word 或 Write 文档
what-word-of-the-eighties = 八十年代的 Word 文档
what-word-6 = Word 6 或 Word 95 文档
what-word-perfect = WordPerfect 文档
what-works = Works 文档
what-works-spreadsheet = Works 表格
what-lotus-123 = Lotus 1-2-3 表格
what-excel-2 = Excel 2 工作簿
what-excel-3 = Excel 3 工作簿
what-excel-4 = Excel 4 工作簿
what-excel-5 = Excel 5 工作簿
what-power-point-4 = PowerPoint 4 演示文稿
what-power-point-95 = PowerPoint 95 演示文稿
what-film = 视频
what-sound = 音频
what-cnki-document = 知网文档（.caj、.nh、.kdh）
what-sqlite-database = SQLite 数据库
what-access-database = Access 数据库
what-program = 程序
what-outlook-mailbox = Outlook 邮箱（.pst）
what-i-work = Pages、Numbers 或 Keynote 文档
what-open-drawing = OpenDocument 绘图
what-office-97 = Office 97 文档
what-xml = XML 文件
what-json = 不是 JSON Lines 的 JSON 文件
what-source-code = 程序代码或配置
what-nested-archive = 套了多层的压缩包
what-nested-mail = 套了多层的邮件
what-packed-mail-text = Outlook 压缩过的正文
what-managed-pdf = 受数字版权管理（DRM）的 PDF 文档

damaged-word = Word 文档
damaged-word-97 = Word 97 文档
damaged-epub = EPUB 电子书
damaged-open-presentation = OpenDocument 演示文稿
damaged-power-point-97 = PowerPoint 97 演示文稿
damaged-power-point = PowerPoint 演示文稿
damaged-outlook-message = Outlook 邮件
damaged-mail = 邮件
damaged-workbook = 工作簿
damaged-open-text = OpenDocument 文本
damaged-ofd = OFD 文档
damaged-pdf = PDF 文档
damaged-rtf = RTF 文档
damaged-table = 表格
damaged-json-lines = JSON Lines 文件
damaged-archived-file = 压缩包里的文件

damage-text-missing = 缺正文
damage-text-lost = 找不到正文
damage-text-unreadable = 正文读不出
damage-no-slide = 没有可读的幻灯片
damage-no-chapter = 没有可读的章节
damage-no-page = 没有可读的页
damage-encryption = 无法解密
damage-nameless-fonts = 字体没有标明字符；可用 `index --ocr` 识别
damage-not-unpacked = 数据解不开
damage-parts-lost = 找不到各部分
damage-parts-misfit = 各部分对不上
damage-no-object = 没有一行是 JSON 对象
damage-too-many-columns = 列太多
damage-bad-rows = 分不出各行
damage-not-a-workbook = 不能当作工作簿读取

protection-drm = 数字版权管理（DRM）
protection-irm = 权限管理（IRM）
protection-mip = 微软信息保护（MIP）
protection-office = 单位的文件加密系统

field-title = 标题
field-kind = 文种
field-issuer = 发文机关
field-url = 网址
