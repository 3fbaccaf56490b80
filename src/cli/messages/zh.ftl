# Every sentence that the command says, in Chinese. The keys and arguments are those of en.ftl.

## Of several commands

n-documents = { $n } 篇
head-ocr = 文字识别（OCR）
more-places = 另有 { $n_more } 处
n-files = { $n } 个文件
seconds = { $seconds } 秒
progress-left = { $done }/{ $total }，还需 { $left }
wrote = 已写入 { $path }
n-passages = { $n } 段
value-missing = （无）
column-characters = 字符
column-passages = 段落
column-documents = 文档
column-kind = 文种
column-year = 年份
n-lines = { $n } 条
list-separator = 、
value-none = 无
counts = { $documents }，{ $times }{ $years }
counts-years = ，{ $years }
n-occurrences = { $n } 次
nothing-found = 没有找到
head-date = { $date }（{ $source }）
head-ocr-passages = 其中 { $n } 段是文字识别（OCR）的，前有 ~ 号
date-record = 记录字段
date-metadata = 标题下的时间
date-subtitle = 题注
date-signature = 落款
date-title = 标题
date-document-number = 发文字号
date-file-name = 文件名
field-title = 标题
field-kind = 文种
field-issuer = 发文机关
field-url = 网址

## index

index-strict = { $files }被跳过（--strict）；其余都已写入索引
index-time = 用时
index-skipped-column = 跳过
index-bytes = 原文
index-changes = 新增 { $added }，改动 { $changed }，移除 { $removed }，未变 { $unchanged }
index-own = 略过寻章自己写的 { $n }：{ $named }
index-more-named = {" "}等（-v 全部列出）
index-skipped-more = 另有 { $more } 个文件也跳过：{ $reason }（-v 全部列出）
index-skipped = 跳过 { $path }：{ $reason }
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
ocr-no-program = 没有可用的文字识别程序，图片页仍然跳过；请安装其一：`pip install rapidocr onnxruntime`，或 tesseract 及其中文数据（`apt install tesseract-ocr-chi-sim`）
index-speed = { $time }，{ $speed } MB/s
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

## search

batch-no-id = 此行应为“编号<制表符>查询”
batch-no-json = 此行应为 {"{"}"_id":"…","text":"…"{"}"}
batch-id-used = 编号 { $id } 已用过
batch-unreadable = 查询文件 { $file } 无法读取
batch-failed = { $n_lines } 行里有 { $n_bad } 行无法执行，其余已完成
hint-field = 没有 `{ $name }:` 这个字段，已当作词语；请写 `{ $ours }:`
hint-unknown-field = 没有 `{ $name }:` 这个字段，已当作词语；字段有 title:（标题） heading:（小标题） kind:（文种） year:（年份） path:（路径） role:（章节作用） issuer:（发文机关） collection:（资料集）
hint-distance = `{ $text }` 已当作词语；不论先后请写 甲 NEAR/{ $distance } 乙，按先后请写 “甲*{"{"}0,{ $distance }{"}"}乙”
hint-regex = `{ $text }` 已当作词语：这里不用正则表达式；空位用 * 或 *{"{"}2,8{"}"}，如 “坚持以*为指导”，备选如 “(优化|改善)营商环境”
hint-small-letters = `{ $text }` 已当作词语；运算符要大写：AND OR NOT
hint-ampersand = `&` 未起作用；请写 AND，或把两个词并列
hint-bar = `|` 未起作用；请写 OR，或在短语里写备选：“(优化|改善)营商环境”
hint-long = 文字较长：`xunzhang precedent` 列出别处怎样写，`xunzhang check 文件` 逐句核对稿件
hint-without-part = 去掉 { $part }：{ $n }
hint-word = { $word } { $n } 段
hint-part = ；其中“{ $text }”有 { $n }
hint-near = ；相近的有 { $list }
hint-missing = “{ $row }”没有出现
hint-each-occurs = 各自都有（{ $list }），但没有同时符合其余条件的；可试 OR，或少用条件
hint-without-filters = 去掉所有筛选条件则有 { $n }
hint-without-filter = 去掉 { $flag } 则有 { $n }
search-trec-passages = trec 格式按文件排序；请去掉 --by passage
search-count-trec = --count 没有 trec 格式；可用 text、json、jsonl、csv、tsv
search-took = 用时 { $ms } 毫秒
search-count = 出现 { $places }，在 { $documents }的 { $passages }里
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

## precedent and frame

frame-slot = 第 { $ord } 个空位
frame-total = { $documents }，{ $matches }
frame-slot-column = 空位
frame-fillers = 填充
precedent-none-near = 没有相似度达到 { $least } 的先例；可用 --min-similarity 放宽
precedent-page-template = 模板
precedent-none = 没有先例
precedent-page = 先例
precedent-nothing = （无）
precedent-template = 模板
frame-times = 次
frame-docs = 篇
frame-years = 年份
frame-filler = 填充
frame-source = 出处
frame-undated = 无日期：{ $n }

## check

check-summary = { $n } 句：逐字 { $verbatim }，近似 { $near }，略似 { $loose }，未见 { $none }。{ $characters } 字中 { $reused } 见于他处，其中除去套语为 { $distinctive }。
check-excluded = 未与下列文件相比（稿件自身，或已指定排除）：{ $documents }。
check-draft-title = 稿件
check-reused = 见于他处
check-sheet-summary = 汇总
check-method = 逐字为单位全同，近似为相似度 { $near } 以上，略似为 { $loose } 以上。见于他处的字有两种：与该句最相似的 { $counted } 种先例之一连续 { $min_run } 字以上相同；没有先例的句子，其中 { $min_clause } 字以上的小句逐字见于他处。每字只计一次。见于 { $common_titles } 种以上文字的是套语：同题的文档、文字全同的文档只算一种。
check-common = 套语
check-rare = 见于少数文件
check-single = 只见于一种文件
check-none = 未见
check-loose = 略似
check-near = 近似
man-no-command = 没有命令 { $name }
compare-name-one = { $name } 里有 { $n } 篇文档；请指明一篇，如 { $name }#1
compare-summary = { $old } → { $new } 句：沿用 { $kept }，改动 { $changed }，移位 { $moved }，删去 { $dropped }，新增 { $added }
compare-sections = 各部分占全文的比例
compare-figures = 变了的数字
compare-commitments = 承诺
compare-commitments-summary = 为下一年定下的数字 { $all } 个：完成 { $met }，未完成 { $missed }，未提及 { $unmentioned }，无法判定 { $undecided }
compare-commitment-status = 结果
compare-commitment-measure = 指标
compare-commitment-target = 目标
compare-commitment-outcome = 实际
compare-commitment-old-line = 旧行
compare-commitment-new-line = 新行
compare-commitment-reason = 无法判定的原因
compare-commitment-old-place = 目标出处
compare-commitment-new-place = 实际出处
compare-commitment-old = 目标原文
compare-commitment-new = 实际原文
compare-commitment-met = 完成
compare-commitment-missed = 未完成
compare-commitment-not-mentioned = 未提及
compare-commitment-undecided = 无法判定
compare-commitment-longer-period = 跨多年
compare-commitment-other-period = 非同一年
compare-commitment-other-unit = 单位不同
compare-commitment-other-measure = 总量与增减
compare-commitment-only-about = 只说左右
compare-commitment-no-bound = 无上下限
compare-commitment-outcome-rounded = 约数
compare-commitment-in-words = 只有文字
compare-first = 最早见于 { $date } { $place }
compare-kept = 沿用
compare-changed = 改动
compare-moved = 移位
compare-dropped = 删去
compare-new = 新增
compare-split = 拆分
compare-merged = 合并
compare-undated = { $id } 没有日期，未列入
compare-same-year = { $id } 未列入：同一年另有一份报告
compare-series-few = 与 { $glob } 相符且有日期的文档不足两篇；`xunzhang docs --path` 可列出文档
compare-docx-two = Word 文档只用于两份报告：请写明 旧 和 新
compare-tracked = { $from } → { $to }
compare-method = 两份报告的句子按共有的相邻两字对应，越少见的权重越大，并看所在的小标题和前后的句子。沿用：字相同，先后位置也相同；改动：位置相同而措辞不同；移位：换了位置；删去：只在较早的报告里；新增：只在较晚的报告里。前一份打算做的和后一份已经做的不算同一句。变了的数字指较晚的报告里单位相同、说的是同一件事而数值不同的数字。
compare-page = 比较
compare-page-view = 显示方式
compare-page-two = 左右对照
compare-page-one = 合成一栏
compare-page-hide = 不显示沿用的句子
compare-page-from = 原在 { $place }
compare-page-to = 移到 { $place }
compare-sheet-summary = 总览
compare-column-status = 状态
compare-column-parts = 拆并
compare-column-section = 所在部分
compare-column-of = 数字所指
compare-column-old = 旧
compare-column-new = 新
compare-column-old-date = 旧日期
compare-column-new-date = 新日期
compare-column-old-place = 旧位置
compare-column-new-place = 新位置
compare-column-old-heading = 旧标题
compare-column-new-heading = 新标题
compare-column-old-share = 旧占比
compare-column-new-share = 新占比
compare-column-old-sentences = 旧句数
compare-column-new-sentences = 新句数
compare-column-first-date = 最早使用
compare-column-first-place = 最早位置
check-verbatim = 逐字
check-draft = 稿件 { $name }
check-page-parts = 全句未见，其中的小句见于：
check-page-back = 回到稿中
check-page-sentence = 第 { $number } 句：{ $name }
check-page-hint = 点选左边带色的句子，或按 Tab、← → 键，在这里看它的先例。
check-page = 查对
check-newest = 最新
check-oldest = 最早
check-in = 见于
check-clause = 其中小句
check-line = 第 { $line } 行
check-sheet-documents = 来源文件
check-sheet-sentences = 句子
check-documents = 来源文件（字数；除去套语；句数）
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
citation-heading = 引文 { $n } 处：相符 { $verbatim }，有出入 { $altered }，未见 { $not_found }，待定 { $ambiguous }。
citation-none = 稿中没有引语、文件名、条款、文号或数字。
citation-quotation = 引语
citation-title = 文件名
citation-article = 条款
citation-number = 文号
citation-figure = 数字
citation-verbatim = 相符
citation-altered = 有出入
citation-not-found = 未见
citation-ambiguous = 待定
citation-named = 称出自《{ $title }》
citation-of = 指“{ $subject }”
citation-source-missing = 所称的文件不在库中，已查全库
citation-other-source = 所称的文件没有这些字，另一文件有
citation-other-article = 所引的话不在这一条，在另一条
citation-other-part = 所引的话在这一条的另一款、项
citation-other-edition = 所称年份的版本没有，另一版本有
citation-exists = 有这一条；稿中怎样说它，没有可比的话
citation-content-missing = 有这一条，但所引的话全法未见
citation-no-such-article = 没有这一条
citation-no-such-part = 这一条没有这一款或项
citation-no-source = 没有说是哪部法的条款
citation-too-short = 字数太少，不足以判断
citation-other-figure = 别处同一事项有别的数字；稿中没有说出自哪里
citation-several-documents = 同名或含此语的文件不止一份，稿中没有说是哪一份
citation-editions-differ = 各版本在此不同，稿中没有说是哪一版本
citation-several-wordings = 同样接近的写法不止一种
citation-revised = 新版本 { $date }：{ $title }（{ $place }）
citation-revised-holds = 新版本 { $date } 仍有此文：{ $title }（{ $place }）
citation-revised-lacks = 新版本 { $date } 此处已改：{ $title }（{ $place }）
citation-amended = { $date } 有修改：{ $title }（{ $place }）
citation-repealed = { $date } 已被废止：{ $title }（{ $place }）
citation-edition-holds = 有
citation-edition-lacks = 无
citation-editions = 各版本
citation-more-figures = 另有 { $n } 个数字没有说出自哪里，库中未见。
citation-method = 引语、文件名、条款、文号、数字逐一核对：稿中说了出处的查出处，没有说的查全库。只比文字，不比标点。相似度 { $altered } 以上算有出入，不足 { $min } 字又无原文的引语归入未见。数字按数值、计量单位和前面的词语比；条款按所引的话或该句其余部分比，没有可比的只查有无此条。
citation-sheet = 引文核对
citation-column-kind = 类别
citation-column-status = 结果
citation-column-text = 稿中
citation-column-named = 所称出处
citation-column-difference = 差异
citation-column-wording = 原文
citation-column-source = 出处
citation-column-place = 位置
citation-column-newer = 其后
citation-column-remark = 说明
citation-column-done = 已核
citation-page = 引文核对
citation-layer = 标出引文
citation-page-hint = 点选有下划线的引文，在这里看它的出处。
citation-draft = 稿件引文核对：{ $title }
citation-author = 寻章

## lineage

lineage-title = 提法源流：{ $wording }
lineage-none = 这个提法和它的各种形式都没有出现。
lineage-forms-only = 这个提法没有出现，出现的只有与它相近的形式。
lineage-counts = 共 { $times }，见于 { $documents }（未注日期 { $undated } 次）；首见 { $first }，末见 { $last }
lineage-peak-one = 高峰 { $year }：{ $times }，每万字 { $rate } 次，频率也最高
lineage-peak = 高峰 { $year }：{ $times }，每万字 { $rate } 次；频率最高的是 { $other }：每万字 { $highest } 次
lineage-successor-found = 可能的后继：{ $text }，{ $since } 年以来 { $own }，同期原提法 { $of_wording }
lineage-successor-none = 各种形式里没有后继的提法
lineage-successor-in-use = 各种形式里没有后继的提法；在有文档的最后一年 { $year } 仍在使用
lineage-successor-undecided = 有无后继无法判断：没有晚于高峰的文档
lineage-still-in-use = 原提法在有文档的最后一年 { $year } 仍在使用
lineage-rule = 同一提法（--min-similarity）：相似度 { $least } 以上。相似度 = 两边对齐的单位数 × 2 ÷ 两边单位总数，移了位的单位按九成计。
lineage-read-as = 标点和符号不参与比较：按“{ $units }”查。
lineage-short = 提法太短，很难有别的形式：只换一个字，相似度就低于规定。
lineage-cut = 只取最相近的 { $limit } 种形式，可能还有（-n）。
lineage-uses-cut = 只列前 { $shown } 段，计数是全部的。
lineage-own-rule = 原提法在哪里出现都算，与 search --count 相同；其他形式只算不在更长形式之内的。形式取自与提法共有最少见相邻两字的 200 段：少见的形式可能遗漏，计数不会有错。
lineage-tree-rule = 每种形式上承日期更早、与它最相近的形式，相似度也不低于规定；日期按双方都有的精度比较。这只说明相近和先后，不证明由此演变。◆ 是原提法。
lineage-successor-rule = 可能的后继指这样的形式：高峰之后的年份才出现，至少见于两篇，不是原提法的一部分；从出现那年起用得比原提法多，而原提法此后用得比此前少。是否真的接替，要读者判断。整个换成别的词，用这个方法查不到。
lineage-level-rule = 层级由发文机关名称判断，几个机关取最高的；县级市前面没有写明所属的市时算作市；开发区和名称里没有地名的不能判断。
lineage-legend = 圆面积：当年次数。黑色：原提法。虚线：来自所上承的形式，变化写在名称下面，括号里是次数。
lineage-dated-documents = { $n } 篇有日期的文档
lineage-gaps = { $n } 年没有文档
lineage-form = 形式
lineage-forms = 各种形式
lineage-similarity = 相似度
lineage-parent = 上承
lineage-parent-similarity = 与上承的相似度
lineage-change = 变化
lineage-inside = 在更长形式之内
lineage-first-place = 首见位置
lineage-level = 层级
lineage-no-issuer = 未注明
lineage-years = 历年
lineage-uses = 用例
lineage-more-rows = … 还有 { $n } 行，文件里有全部
level-national = 中央
level-province = 省级
level-city = 市级
level-county = 县级
level-township = 乡镇级
level-unknown = 不能判断

## report, trend and words

report-total = 共 { $documents } 篇，{ $passages } 段，{ $characters } 字
trend-course = 共 { $total } 次（未注日期 { $undated } 次）；首见 { $first }，高峰 { $peak }，末见 { $last }；{ $course }
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

## similar and duplicates

duplicates-method = 相似度：两篇共有的 { $gram } 字串占两篇所有不同 { $gram } 字串的比例。达到下限的每一对都找到，首尾相接的归为一组；所列为与组内第一篇的相似度。
duplicates-group = 第 { $number } 组，{ $n }
duplicates-none = 没有近似的副本
similar-other = 占对方 { $other }
similar-none = 没有与它相同的文字

## show, docs, status, verify and watch

docs-none = 没有这样的文档
docs-by-collection = { $documents }：{ $collections }
show-line = 行
show-passage = 段
show-no-line = { $id } 有第 1 至 { $last } 行，没有第 { $line } 行
show-name-one = { $name } 里有 { $n } 篇；请指明一篇，如 { $name }#1:{ $line }
status-characters = { $passages }（读到 { $read }，不作正文 { $aside }）
status-synonyms = 同义词表
status-dictionary = 用户词典
status-since = 此后变动
status-files = 文件
status-roots = 来源
status-index = 索引
status-stale = { $changed } 个改动，{ $vanished } 个不存在；运行 `xunzhang index 文件夹` 更新
status-unchanged = 没有
status-size = { $n }（{ $size }）
status-index-of = { $index }（格式 { $format }，指纹 { $fingerprint }，占盘 { $size }）
status-gone = 已不存在 { $path }
status-changed = 已改动 { $path }
status-files-of = { $files }（{ $n }）
status-nothing-skipped = 没有跳过的文件
status-set-aside = { $document }：{ $percent }% 的文字不作正文，主要是{ $reason }
status-skipped = 跳过 { $path }：{ $reason }
flaw-not-findable = { $document }:{ $number }：用自己的文字找不到
flaw-passages = { $document }：应有 { $expected } 段，实有 { $found } 段
flaw-missing-file = 缺少文件 { $name }
flaw-damaged-file = 文件 { $name } 与校验和不符
verify-problems = 有 { $n } 处问题；查了 { $files } 个文件、{ $documents } 篇文档、{ $passages } 段
verify-sound = 完好：{ $files } 个文件校验和无误，{ $documents } 篇文档齐全，{ $passages } 段都能由自己的文字找到
watch-summary = 共 { $documents } 篇；新增 { $added }，更新 { $changed }，移除 { $removed }，跳过 { $skipped } 个文件；{ $seconds } 秒
docs-date = 日期
docs-kind = 文种
docs-passages = 段
docs-characters = 字符
docs-title = 标题
flaw-count = { $what }：清单记 { $manifest }，实有 { $found }
flaw-files = 文件
flaw-documents = 文档
flaw-passages-count = 段落
flaw-characters = 字符

## Files that are not written

output-binary = 这种格式的文件不宜显示在终端上；请用 -o 文件
refusal-not-ours = 已有这个文件，且不是寻章写的 .{ $extension }；请换一个名字，确要替换则加 --overwrite
refusal-index = { $dir } 是索引的文件夹；请写到别处
refusal-no-folder = 没有文件夹 { $folder }；请先建立
refusal-extension = 扩展名应为 { $known } 之一
refusal = 无法写入 { $path }：{ $why }
refusal-folder = 这是文件夹；请写出其中的文件名
refusal-not-a-file = 它不是普通文件；要写到标准输出，请去掉 -o，用 --format
refusal-dangling = 它是指向空处的链接；请先删掉链接
refusal-protected = 它是只读文件；请换一个名字，或更改它的权限
refusal-input = 本命令正要读它；请换一个名字
refusal-source = 它是索引的原文；请换一个名字
refusal-twice = 本命令的另一项输出也写到它；请换一个名字
refusal-edited = 它是寻章写的，但后来改过；请换一个名字，确要替换则加 --overwrite
refusal-changed = 命令运行期间它有了变动；请看过再运行一次
refusal-denied = 没有权限写到那里；请换一个文件夹，或更改它的权限
refusal-held = 它正在别的程序里打开着，或者没有权限写到那里；请先在那个程序里关掉它，或换个文件名、文件夹
refusal-read-only = 那里的文件系统是只读的；请换一个文件夹
refusal-disk-full = 磁盘已满
refusal-too-large = 文件超过了系统允许的大小；请换一个磁盘，或提高限额
refusal-name = 文件名太长或不可用

## Errors

input-unreadable = 标准输入无法读取
program-failed = 程序出错，已停止；索引仍是上次提交的样子，是否完好可用 `xunzhang verify` 检查
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
error-index-held = 读写不了 { $dir } 里的索引：别的程序正占着其中的文件，或者没有权限；请稍后再试，或更改权限，或用 --index 指定别的文件夹
error-denied = 没有权限读写 { $dir } 里的索引；请更改该文件夹和其中文件的权限，或用 --index 指定别的文件夹
error-too-many-files = 打开的文件太多，{ $dir } 里的索引无法使用；请提高上限（如 `ulimit -n 4096`），再运行一次
error-unwritten = { $dir } 里的索引没能写入，仍是原来的样子；请看磁盘是否有空间、文件夹是否可写、可打开的文件数是否够（`ulimit -n`），再运行一次
error-engine = { $dir } 里的索引无法使用；如已损坏，请用 `xunzhang index --rebuild 文件夹` 重建
error-other-dictionary = 索引是用另一部词典建立的；要换词典，请加 --rebuild 重建
error-cancelled = 已取消；正在更新的索引仍是原来的样子
error-unreadable = { $path } 无法读取
error-unwritable = { $path } 无法写入
error-unwatchable = { $path } 无法监视
error-glob = `{ $pattern }` 不是路径通配式：{ $reason }
error-exclude-bound = 要排除的通配式无效：{ $reason }
error-exclude = 要排除的通配式 `{ $pattern }` 无效：{ $reason }
error-missing-root = 没有 { $path }；请检查路径，确已不用则加 --prune
error-too-expensive = { $phrase } 在这个索引上要查的太多；请减少空位和备选，或换用更少见的词
error-no-document = 索引里没有文件 `{ $id }`；用 `xunzhang docs` 列出所有文件
error-ambiguous = `{ $name }` 可能指 { $n } 篇：{ $named }；请写明一篇
error-ambiguous-many = `{ $name }` 可能指 { $n } 篇：{ $named } 等；请写明一篇
error-no-units = 没有可查的内容：文字里没有汉字、字母或数字
error-no-slot = 句式 `{ $pattern }` 里没有空位；请在变化之处写 `*`，如 `坚持以*为指导`
error-too-short = 文件太短，无从比较：没有一段有连续 { $n } 个字词
error-sentences = 提法里有 { $n } 句；请只查其中一句
error-text-too-long = 文字有 { $n_chars } 个字符，上限是 { $limit }；请分段查
error-synonyms = 同义词表 { $path } 里有一行不是规则
error-synonyms-line = 第 { $line } 行：应为 `甲 = 乙` 或 `甲 => 乙`，实为“{ $text }”
error-synonyms-words = 第 { $line } 行：一行至多 { $most } 个词；请分成几行
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
error-document = Word 文档无法生成
error-workbook = 工作簿无法生成

## What is wrong with a query

query-empty = 没有要找的内容；请给出词或短语
query-unclosed-quote = 这个引号没有配对的后引号
query-unclosed-bracket = 这个括号没有配对的另一半
query-no-operand = 此处之后应有词或短语
query-no-left-operand = 此处之前应有词或短语
query-not-nearable = NEAR 两边只能是词或短语，短语不能带空位或备选
query-choice = 此处只能有一种说法，请去掉备选
query-nested-choice = 备选里不能再套备选；请并列写出，如 “(甲|乙|丙)”
query-too-many-choices = 一个短语的备选至多合成 64 种说法
query-no-distance = NEAR/ 之后应是 100 以内的距离，如 招商 NEAR/10 就业
query-no-weight = ^ 之后应是数字，如 词^2
query-weight-out-of-range = 权重应在 0.01 到 100 之间
query-open-gap = 空位两边都要有字，如 "坚持以*为指导"
query-bad-range = 此处应是范围，如 *{"{2,8}"}
query-too-many-gaps = 一个短语至多 32 个空位
query-too-far = 空位或距离至多 100 个单位
query-no-value = 字段之后应有值，如 kind:总结
query-bad-role = 此处应是章节作用：基本情况（overview）、做法（measures）、成效（results）、体会（lessons）、问题（problems）、打算（plans）、建议（proposals）
query-bad-year = 此处应是年份或年份范围，如 year:2005..2010
query-too-deep = 括号至多套 32 层
query-too-many = 词和短语至多 1,000 个
query-too-long = 查询至多 10,000 个字符

## What is wrong with a pattern of paths

glob-too-long = 至多 1,000 个字符
glob-unclosed-class = 方括号没有配对
glob-range = 范围颠倒，{ $first } 在 { $last } 之后
glob-unopened-brace = 花括号没有配对的前一半
glob-unclosed-brace = 花括号没有配对的后一半
glob-escape = 末尾的反斜杠没有要转义的字符
glob-unreadable = 无法解读
glob-too-deep = 花括号至多套 10 层

## Why a file gives no document

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
skip-unsupported = 是{ $what }，本版本不读；请另存为纯文本
skip-picture = 是{ $what }，没有文字；可用 `index --ocr` 识别
skip-packed = 是{ $what }，这里不解压；请解压到文件夹，或改用 .zip
skip-too-old = 是{ $what }，格式太旧，读不了；请用原来的软件、WPS 或 LibreOffice 打开，另存为 { $ending }
skip-protected = 受{ $by }保护；请在能打开它的电脑上另存一份不加保护的
skip-damaged = 是损坏的{ $what }（{ $reason }）；请用原来的软件打开并另存一份

## What files are

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

## Formats of damaged files

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

## What is wrong with damaged files

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

## What protects files

protection-drm = 数字版权管理（DRM）
protection-irm = 权限管理（IRM）
protection-mip = 微软信息保护（MIP）
protection-office = 单位的文件加密系统

## Why a line is no part of a report

boilerplate-contents = 目录
boilerplate-running-head = 页眉页脚
boilerplate-page-number = 页码
boilerplate-metadata = 文件信息
boilerplate-frame = 网页栏目
boilerplate-repeated-title = 重复的标题
boilerplate-repeated-text = 重复的全文
boilerplate-hidden = 隐藏文字
boilerplate-symbols = 符号

## What the system says: $kind is the sort of error; $said its own words, in Chinese its number

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

## What is wrong with the value of an argument

value-whole-number = 应是整数
value-number = 应是数字
value-out-of-range = { $value } 不在 { $least } 到 { $most } 之间
value-not-positive = 应是 1 以上的整数
value-share = 应是 0 到 1 的数，如 0.7
value-size = 应是大小，如 200、200MB、1G
value-years = 应是年份或年份范围，如 2009、2005..2010、2018,2026
value-collection = 应是路径，或 名称=路径，名称至多 100 字，不能有 / 或 #
value-date = 应是日期，如 2010、2010-06、2010-06-15
value-years-reversed = 起始年份在结束年份之后；请调换
value-section = 应是标题里的文字
value-role = 应是 基本情况、做法、成效、体会、问题、打算、建议 之一（或 overview、measures、results、lessons、problems、plans、proposals）
value-restriction = 应是 collection:、kind:、issuer:、year:、path: 或 role: 加一个值，实为 `{ $text }`
value-restriction-name = 应是 collection:、kind:、issuer:、year:、path: 或 role:，实为 `{ $name }:`
value-restriction-years = 应是年份或年份范围，如 year:2005..2010

## Tables, reports and trends

table-group = 组
table-entry = 词条
table-occurrences = 次数
table-passages = 段落数
table-documents = 文档数
table-share = 文档占比
table-per-10k = 每万字
table-first = 首见
table-last = 末见
table-first-remark = 首见说明
report-first-remark = { $entry }：{ $remark }
report-more-remarks = 另有 { $n } 个这样的日期，见表格、网页或 CSV（-o）
table-distinct = 不同表述
table-negated = 否定语境
table-prohibited = 禁止语境
table-document = 文档
table-title = 标题
table-date = 日期
table-kind = 文种
table-characters = 字数
table-total = 合计
table-section = 章节
table-passage = 段落
table-line = 行
table-left = 前文
table-hit = 命中
table-right = 后文
table-undated = 未注日期
value-no = 无
value-yes = 是
value-not = 否
report-all-documents = （文档数）
report-all-characters = （字数）
sheet-summary = 汇总
sheet-by-document = 按文档
sheet-by-year = 按年份
sheet-by-kind = 按文种
sheet-by-section = 按章节
sheet-rates-by-year = 按年份每万字
sheet-by-collection = 按资料集
sheet-by-issuer = 按发文机关
sheet-by-folder = 按文件夹
sheet-together = 共现
sheet-excerpts = 摘录
sheet-charts = 图表
sheet-about = 说明
about-tool = 工具
about-fingerprint = 索引指纹
about-first = 最早文档
about-last = 最晚文档
about-undated = 未注日期的文档
about-filter = 筛选
about-entries = 词条数
about-rule = 规则
about-note = 注意

evidence-gone = { $n } 个文件已不在原处，没有校验和
evidence-changed = { $n } 个文件的时间或大小与编入索引时不同：为确保文字出自这些文件，请先运行 `xunzhang index`
evidence-fields = { $n } 个词条用到 kind:、year: 等字段，或者分支太多，单凭文字不能复算；改用 --kind、--year 等筛选即可
evidence-readme = { $n_entries } 个词条在 { $n_documents } 篇文档里的数字，以及复算所需的一切。

    { $tool }；索引指纹 { $fingerprint }；筛选：{ $filter }

    numbers.csv      每个数字：属于哪个词条、按什么分、数的是什么
    occurrences.csv  每一处：段落、首字和末字之后的序号（从 0 起）、文中是否否定、位置
    documents.csv    每篇文档：文件、文件的 SHA-256、各个数字所依据的分组
    passages.jsonl   计数范围内的每个段落，全文，不论有没有命中
    rule.json        化为数据的词条，以及规则的各张表
    check.py         从头复算：python3 check.py [文件所在的文件夹]

    查一个数字：在 occurrences.csv 里取它的词条的各行，再到 passages.jsonl 里看各行的段落。

    { $rules }

    字按 rule.json 的 characters 比较，表中没有的按 Unicode（NFKC、小写）；由前后文决定的，写在各段的 exceptions 里
    （起、止、读作什么）：繁体词语、数目里的圆圈、带附加符号的字母、识别页面上字间的空格。denied、forbidden 两项按 occurrences.csv 所记计数。
table-item = 项目
table-value = 内容
rule-counts = 逐字计数：两边先归一化（全半角、大小写、繁简、零宽字符），每个汉字为一个单位，连续的字母数字为一个单位；空白和句内标点不计，句末标点（。！？）断开。不依赖分词，可用逐段扫描复核。
rule-overlaps = 同一词条的不同说法相互重叠时只计最长的一处，等长取前一处；同一说法的每个起点都计。
rule-passages = 段落是一个自然段（超过 1,000 字的在句末切开）；标题和单独成行的小标题也是段落。不同表述：归一化后文字相同的段落只算一个。共现：同一段落中两个词条都有。
rule-rates = 每万字 = 次数 ÷ 筛选范围内全部段落的字数 × 10,000；按章节作用（--role）筛选时，分母只是该类段落的字数。首见、末见是含该词的文档中最早和最晚的日期，即文本自身的日期：修正过的法规取最后一次修正，网上重印件取发布日期，该词可能更早就有（以 ? 标出）。没有文档的年份不是零，作 – 或空格，图中断开。
rule-evidence = 数字背后的每一处：`xunzhang concordance 词条` 在同一筛选下逐处列出；`xunzhang evidence 词条 -o x.zip` 连同计数范围内的每个段落和复算程序一起打包。
rule-negation = 否定语境：命中落在否定词的管辖范围内。否定词：{ $denying }；“{ $prefix }”只否定紧接的词。范围到分句（以，；：和句末为界）末尾为止；空格、先开在前的括号或引号、“而”“但”等连词、“不合格的水渠”之类定语的“的”也是边界；未经……批准的，批准之后不算。双重否定、“能不能”之类的问句和下列固定词语不算：{ $fixed }
report-split = 第 { $line } 行的“{ $text }”按 { $n } 个词条计；若是一个短语，请加引号
report-together = 第 { $line } 行的“{ $text }”有几个词，合为一条计数；要分别计数，请各占一行
report-sheets = 词表的几张工作表都已计数，表名即组名：{ $names }
report-no-list = 没有文件 { $path }，按词语计数
report-unread = 词表里是成句文字或读不了的工作表未计数：{ $names }
table-left-out = 此表共 { $columns } 列，多于 { $most } 列，此处不列；全部见工作簿（-o 文件.xlsx）的“{ $name }”，或 JSON。
chart-grey = 灰底：无文档
chart-cut = 图中只画次数最多的 { $shown } 条，有命中的共 { $n } 条；其余见“按年份”表。
report-named = { $entry } { $n } 次（每万字 { $rate }）
report-answer = { $n } 个词条，次数最多的是{ $named }；{ $n_absent } 个词条未见。
report-nothing = { $n } 个词条都未见。
report-in = 范围：{ $documents }，{ $characters } 字；筛选：{ $filter }。
rule-prohibition = 禁止语境：范围同否定语境，与否定语境分开计数，互不重复。禁止和防止的词：{ $forbidding }
report-repeated = 第 { $line } 行的“{ $text }”与第 { $first } 行重复，只计一次
report-unpaired = 词条超过 { $most } 条，未统计共现
report-pairs-cut = 共现表只列次数最多的 { $most } 条，全部见 JSON
filter-collection = 资料集
filter-issuer = 发文机关含
filter-dates = 日期
filter-kind = 文种
filter-year = 年份
filter-path = 路径
filter-section = 标题含
filter-role = 章节作用
filter-within = 只看
filter-body = 正文
filter-headings = 标题
filter-without-ocr = 不含文字识别（OCR）的段落
filter-none = 无（全部文档）
filter-separator = ；
trend-rule = 不足 1 万字的时段数据单薄，标 *，判断走势时略过。其余时段中最近三段与此前三段相比（按十年则一段与一段）：每万字次数达 1.5 倍且不少于 5 次为上升，不到三分之二为下降；最近没有为退场，只在最近有为新出。
trend-rates = 每万字 = 次数 ÷ 该时段筛选范围内全部段落的字数 × 10,000；按章节作用（--role）筛选时，分母只是该类段落的字数。
course-absent = 未见
course-unknown = 时段太少，不作判断
course-retired = 退场
course-new = 新出
course-rising = 上升
course-falling = 下降
course-steady = 平稳
trend-gaps = 没有文档的时段不是零：表中作 –，图中断开并加灰底。
trend-first-rule = 首见是含该词的文本自身的日期：修正过的法规取最后一次修正的日期，因为索引里是修正后的文本；网上重印件取发布日期。这两种，以及只有文件名注明的日期，都带 ?。
trend-peak-rate = { $period }（每万字 { $rate }）
trend-first-in = 首见于 { $title }（{ $document }）
trend-certain = 日期可靠的首见：{ $date } { $title }（{ $document }）
trend-doubt-revised = ? 该法规 { $adopted } 首次通过，{ $date } 最后修正；所见是修正后的文本，该词也可能更早就有。
trend-doubt-reprint = ? { $date } 晚于标题所指年份一年以上，可能是重印件，该词也可能更早就有。
trend-doubt-file-name = ? { $date } 只见于文件名，正文没有日期。
trend-no-documents = –（无文档）
trend-list = 、
trend-chart-title = { $words }：{ $what }
chart-cut-order = 图中只画前 { $shown } 个词，共 { $n } 个；其余见表。
trend-undated = 日期只有年份的文档不属于任何月份：字数不入分母，次数计入未注日期。这样的文档和没有日期的文档共 { $undated } 篇。
trend-chart-rates = 每万字次数
trend-chart-counts = 次数
trend-title = 走势：{ $words }
trend-word = 词
trend-peak = 高峰
trend-column-course = 走势
trend-period = 时段
trend-thin = 单薄
trend-per-10k = { $word } 每万字
report-title = 关键词报告
report-chart-counts = 历年次数
report-chart-rates = 历年每万字次数
column-context = 语境
table-cut = （共 { $rows } 行 { $columns } 列，全部见工作簿或 JSON）
table-cut-rows = 共 { $rows } 行，只显示前 { $shown } 行，全部见工作簿或 JSON。

## concordance

concordance-total = 共 { $places }，见于 { $documents }（范围内 { $all } 篇），离散度 DP { $dispersion }
concordance-shown = ；显示 { $n } 行
concordance-sheet = 索引行
concordance-groups = 频次
concordance-group = 归并
concordance-title = 语境索引：{ $query }
table-issuer = 发文机关
table-collection = 资料集
table-place = 位置
value-group = 应是 left:数、right:数、hit、year、issuer、collection 之一
value-group-units = 命中旁的单位数应在 1 到 20 之间，如 left:2

## search, into files

search-rank = 名次
table-copies = 相同段落
table-text = 全文
search-sheet = 检索结果
search-title = 检索：{ $query }
search-in-file = ；本文件收 { $n } 条
search-file-only = xlsx、html、docx、md 只用于单个查询的结果，不与 --count、--queries 合用
search-total-exact = 逐字相符 { $any }（{ $documents }）；连同只含部分字词的，{ $sharing }
search-total-every = 每个词都有的 { $every }；有其中任一词的，{ $sharing }
search-total-both = 每个词都有的 { $every }；有其中任一词的 { $any }（{ $documents }）；连同只含部分字词的，{ $sharing }

## open

open-gone = { $path } 已不在原处
open-editor = 无法用 { $editor } 打开
open-failed = { $path } 无法打开；没有桌面程序时，请设置 VISUAL 或 EDITOR
open-opened = 已打开 { $path }

## Saved defaults

defaults-at = { $path } 第 { $line } 行：{ $why }
defaults-in = { $path }：{ $why }
defaults-syntax = 不合 TOML 写法（{ $said }）；应如在 [filter.名称] 之下写 year = "2018..2026"
defaults-bare-name = 中文名称要加引号，如 [filter."近年问题"]
defaults-unknown-key = 没有“{ $key }”这一项；可用 { $known }
defaults-one-text = “{ $key }”应是引号里的一个值
defaults-texts = “{ $key }”应是引号里的值，多个值放在方括号里，如 ["甲", "乙"]
defaults-no-table = “{ $key }”应是一节；请单写一行 [filter.名称] 或 [check]
defaults-bad-value = “{ $key }”不能是“{ $value }”：{ $reason }
defaults-index-in-itself = 索引文件夹里的文件不能设 index；请写在另一个文件里，用 --config 指定
defaults-no-filters = 没有名为“{ $name }”的筛选；请在此文件里写一节 [filter."{ $name }"]，或用 --config 指定别的文件
defaults-no-filter = 没有名为“{ $name }”的筛选；现有 { $known }
defaults-not-taken = 筛选“{ $name }”设了 { $flag }，而 `{ $command }` 没有这一项；请换一个筛选，或直接用选项

## Filter values that no document has

unmatched = 没有文档符合 { $filter }
unmatched-like = 没有文档符合 { $filter }；相近的有：{ $values }
unmatched-all = 没有文档符合 { $filter }；现有：{ $values }

## 其他程序的请求

remote-file = 请求不能读本机的文件：{ $name } 不是索引中的文档
remote-no-body = 请求没有正文；请用 POST 发送文本
