# What clap and the doc comments of the arguments say in English: help, and errors of usage, in Chinese.

## Errors of usage, which clap words itself for readers of English

usage = 用法：{ $usage }
usage-options = [选项]
usage-command = <命令>
usage-map-pair = `{ $text }` 不是“字段=列名”，应如 text=full_text,title=标题
usage-map-field = 没有字段 `{ $field }`；可用 id、title、text、date、kind、issuer、url
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

## Help of commands and arguments, which is in their doc comments for readers of English: help-COMMAND-ARGUMENT, or help-any-ARGUMENT

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
placeholder-dir-name-dir = 文件夹|名称=文件夹
placeholder-doc = 文档
placeholder-doc-line = 文档[:行]
placeholder-draft = 稿件
placeholder-file = 文件
placeholder-filter = 条件
placeholder-format = 格式
placeholder-glob = 通配式
placeholder-ip-port = 地址:端口
placeholder-keyword = 词条
placeholder-kind = 文种
placeholder-limit = 数
placeholder-map = 对应
placeholder-date = 日期
placeholder-n = 数
placeholder-name = 名称
placeholder-new = 新
placeholder-old = 旧
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
placeholder-wording = 提法
placeholder-word = 词
placeholder-years = 年份
help-any-help = 显示说明
help-any-version = 显示版本
help-any-index = 索引的文件夹
help-any-config = 保存默认值的文件：命名的筛选、索引、排除项（默认为索引文件夹里的 xunzhang.toml）
help-any-filter = 用保存的命名筛选（xunzhang.toml 或 --config 指定的文件）；同时给出的选项优先
help-any-lang = 说明、报告和消息用的语言（默认随系统）
help-any-color = 何时用颜色；auto 在终端上且没有设 NO_COLOR 时用
help-any-quiet = 只输出结果和错误
help-any-verbose = 多说一些过程
help-any-collection = 只看这个资料集的文档；可多次使用，合其一即可，下面三项也如此
help-any-kind = 只看这个文种的文档，如 总结、通知、办法
help-any-issuer = 只看发文机关名称里有这段文字的文档
help-any-since = 只看这一天及以后的文档，如 2010、2010-06、2010-06-15
help-any-until = 只看这一天及以前的文档
help-any-year = 只看这一年或这些年的文档，如 2005..2010、2018-2026、2018,2026、2010年
help-any-path = 只看编号相符的文档：路径，文件夹的路径，或通配式如 '2009/**'、'*.md'；可多次使用
help-any-section = 只看标题里有这段文字的章节
help-any-role = 只看起这种作用的章节：基本情况、做法、成效、体会、问题、打算、建议；可多次使用
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
      xunzhang search “坚持以＊为指导” --count     带空位的短语，只计数
      xunzhang search 招商引资 --year 2005..2010 --kind 总结 --by document
      xunzhang search 招商 NEAR/10 就业 -C 1       两词相近，并显示前后各一段
      xunzhang precedent 学习工作两不误            别处怎样写这句话，各有几次、见于何时
      xunzhang frame 坚持以＊为指导                空位里填过什么
      xunzhang check draft.docx -o check.html      逐句查对稿件

    各命令的说明见 `xunzhang 命令 --help`。退出码：0 找到，1 没有找到，2 出错。
help-index = 建立索引，或更新索引
help-any-paths = 文件和文件夹，各成一个资料集，以文件夹名为名，也可写 名称=路径（默认为上次建索引的那些，没有则为 `corpus`）
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
help-search-query = 要找什么：词、“短语”、AND、OR、NOT、NEAR/n、字段；用 --help 看全部写法
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
    查询的写法（半角、全角符号都可以；写全角的就不必再加引号给命令行看）：
      失地农民 安置            有其中任一词；越多、越少见、越靠近的越在前
      “失地农民的安置”         逐字相同的短语；PowerShell 里请写 「失地农民的安置」
      “坚持以＊为指导”         ＊ 为同一句里的 1 到 20 个字词；也可写 ＊｛2,8｝；？ 为一个
      “（优化｜改善）营商环境” 短语里的备选
      +招商 -工厂              必须有，必须没有；也可用 AND、OR、NOT、（ ）
      招商 NEAR/10 就业        同一句里相隔 10 个字词以内
      title: heading: kind: year:2005..2010 path: role: issuer: collection:     限定字段
      招商＾2 就业             加权

    符号在词的开头才起作用：粘贴来的一段话，带着 “ ”、（ ）、《 》 也可以直接查。

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
help-concordance = 逐处列出一个词及其前后文，对齐排序
help-concordance-query = 找什么：词、“短语”，或任何查询
help-concordance-window = 前后各取几个字（连续的字母、数字算一个）
help-concordance-sort = 排列方式；left、right 为按命中前、后的字，由近及远
help-concordance-group = 频次表：left:数、right:数 为命中旁的几个字，另有 hit、year、issuer、collection
help-concordance-sample = 随机抽取的行数
help-concordance-seed = 抽取的种子：同一个数抽出同样的行
help-concordance-limit = 至多显示多少行（默认全部）
help-concordance-examples =
    示例：
      xunzhang concordance 高质量发展 --sort right            按后面的字排列
      xunzhang concordance “坚持以*为指导” --sample 50 --seed 1
      xunzhang concordance 改革 --group left:2 --window 10    前面两个字的频次表
      xunzhang concordance 乡村振兴 -o 乡村振兴.xlsx

    词按字查找；行数即 `search --count` 所说的次数。
help-frame = 列出句式的空位里填过什么
help-frame-pattern = 带空位的文字
help-frame-limit = 每张表至多几行（终端上默认 30，否则为全部）
help-frame-by = 次数再按年份分开
help-frame-examples =
    示例：
      xunzhang frame 坚持以＊为指导                        中间填过什么，各有几次，从何时到何时
      xunzhang frame '以*为*{"{1,4}"}，以*为' -o x.xlsx        有几个空位时，列出组合，另给每个空位一张表

    `*` 为同一句里的 1 到 20 个字词，`*{"{m,n}"}` 为 m 到 n 个，`?` 为一个。
help-check = 逐句查对稿件
help-check-draft = 稿件：能建索引的任何格式的文件，`-` 为标准输入
help-check-limit = 每句至多显示几种写法
help-check-sources = 每种写法至多显示几处出处，含最早和最新的
help-check-documents = 总表里至多列几篇文档
help-check-saved-exclude = 配置文件中要排除的文档
help-check-exclude = 不与索引中的这篇文档相比，可多次使用；文字与稿件相同的文档总是排除
help-check-min-similarity = 先例的最低相似度，0 到 1
help-check-examples =
    示例：
      xunzhang check draft.txt                  在终端上逐句显示
      xunzhang check draft.docx -o check.html   网页：点选一句，旁边显示它的先例
      xunzhang check draft.docx -o check.docx   稿件，每处引文附批注
      xunzhang check - --format json <draft.txt

    句子分为逐字、近似（相似度 0.8 以上）、略似（0.5 以上）和未见。见于他处的字有两种：与最相似
    的五种先例之一连续四字以上相同；没有先例的句子，其中八字以上的小句逐字见于他处。每字只计一次。
    见于五种以上文字的是套语；同题的文档、文字全同的文档只算一种。

    引文（“”中的话、《》中的文件名、指明法律的第X条、文号、带单位的数字）在稿中所说的出处核对，没有说的查全库：
    相符、有出入、未见或待定。只比文字，不比标点。
help-report = 统计词语：工作簿、网页、表格
help-report-keywords = 词条，写法与词表的一行相同；也可以是词表文件
help-report-list = 词表：文本、.csv、.tsv 或 .xlsx
help-report-output = 写入这个文件，格式由扩展名决定：.html .csv .json .xlsx .zip .md；可多次使用
help-report-excerpts = 每条至多摘录几处，按文档顺序取前面的
help-report-no-negation = 不区分被否定的
help-report-examples =
    示例：
      xunzhang report 招商引资 “坚持以＊为指导” 失地农民｜被征地农民
      xunzhang report --keywords words.txt --excerpts 20 -o report.xlsx -o report.html
      xunzhang report --keywords words.csv --kind 工作报告 --year 2010.. -o report.json

    词表每行一条：一个词（即逐字短语）、任何查询，或用 `|` 隔开、合起来计数的几种写法。
    `组名：词1 | 词2` 归入一组；`#` 之后是注释。.csv 和 .xlsx 的第一列是词条，第二列是组名。
    几种写法互相重叠时，只计最长的。
help-evidence = 打包词语的数字和复算所需的一切
help-evidence-keywords = 词条，写法与词表的一行相同；也可以是词表文件
help-evidence-list = 词表：文本、.csv、.tsv 或 .xlsx
help-evidence-examples =
    示例：
      xunzhang evidence 失地农民 -o evidence.zip                一个词的数字，以及复算所需的一切
      xunzhang evidence -k words.txt --year 2010.. -o evidence.zip
      unzip evidence.zip -d evidence && python3 evidence/check.py 报告文件夹

    ZIP 文件里有 `report` 的各个数字、每一处及其位置、计数范围内的每个段落、每个文件的 SHA-256、计数规则，
    以及 check.py：一百行 Python，不用本程序，从文字重新数起。
help-trend = 词语的兴起、高峰和消退
help-trend-words = 词或查询，各画一条线；用 `|` 隔开的几种写法合为一条
help-trend-by = 按什么分段
help-trend-output = 写入这个文件，格式由扩展名决定：.svg .html .csv .json；可多次使用
help-trend-examples =
    示例：
      xunzhang trend 科学发展观 新发展理念              在终端上逐年显示
      xunzhang trend 招商引资 --by decade -o trend.svg   每万字次数的图
help-lineage = 提法的源流：首见、各种形式的谱系、谁在何时采用、高峰、后继
help-lineage-wording = 提法，至多一句；`-` 表示标准输入
help-lineage-min-similarity = 形式的最低相似度，0 到 1
help-lineage-limit = 至多几种形式，取最相近的；不超过 100
help-lineage-uses = 列出含有这个提法的每一段：JSON 里另加，CSV 里代替各种形式
help-lineage-examples =
    示例：
      xunzhang lineage 脱贫攻坚                          首见、各种形式、谁先采用、高峰、后继
      xunzhang lineage 科学发展观 --min-similarity 0.6    放宽，形式更多
      xunzhang lineage 乡村振兴 -o tree.svg              各种形式沿年份的谱系图
      xunzhang lineage 乡村振兴 --uses -o uses.csv       含有这个提法的每段一行

    形式指相似度不低于规定的变体：两边对齐的单位数（移了位的按九成计）乘 2，除以两边单位总数。
    每种形式上承更早的、与它最相近的形式。这只说明相近和先后，不证明由此演变；整个换成别的词查不到。
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
help-similar-document = 索引里文档的编号或其中一段、位置（文档:行号），或一个文件
help-similar-min-share = 对方至少含有这篇的多少，0 到 1
help-similar-limit = 至多列几篇
help-similar-passages = 每篇至多显示几段
help-duplicates = 列出全部文档里近似的副本
help-duplicates-min-similarity = 两篇副本的最低相似度，0 到 1：共有的 8 字串占两篇所有 8 字串的比例
help-show = 阅读一篇文档，或其中一段及其前后
help-show-document = 索引里的编号，或编号中独有的一部分，或一个文件；后接 `:` 和行号则为那里的一段
help-show-context = 所指的一段前后各显示几段
help-show-all = 不作正文的行也显示：文件信息，以及网页在正文周围放的东西
help-show-ocr = 文件里没有文字的页用文字识别程序识别，同 `index --ocr`；文件即使在索引里也重新读取
help-show-format = 输出的格式；json 时文件里每篇文档一行一个对象
help-open = 打开原文件，到所指的位置
help-open-document = 索引里的编号，或编号中独有的一部分，或一个文件；后接 `:` 和行号则到那一行
help-outline = 显示一篇文档的标题
help-outline-document = 一个文件，或索引里的编号，或编号中独有的一部分
help-outline-format = 输出的格式；json 时文件里每篇文档一行一个对象
help-docs = 列出文档
help-docs-title = 标题或发文机关里有这段文字的文档
help-docs-sort = 顺序
help-docs-by = 不列文档，只按资料集、文种、发文机关或年份计数
help-status = 显示索引里有什么
help-status-skipped = 列出整个或部分没有读取的文件，和超过 5% 的文字不作正文的文档，并说明原因
help-verify = 检查索引是否完好、每一段能否找到
help-watch = 文件变动时随时更新索引
help-serve = 在浏览器里检索、阅读：本机的网页和 HTTP 接口
help-serve-addr = 监听的地址；端口 0 为任一空闲端口 [默认：127.0.0.1:8088，被占用时取下一个]
help-serve-host = 别人用来访问这台电脑的名称；可以重复
help-serve-token-file = 存放口令的文件，没有时生成；指定后本机访问也要口令 [默认：每次启动另生成一个，只有别的电脑要]
help-serve-open = 打开浏览器
help-serve-update = 在后台更新索引
help-serve-examples =
    示例：
      xunzhang serve --open                     在浏览器里打开索引的页面
      xunzhang --index laws serve --addr 127.0.0.1:9000
      curl -s 'http://127.0.0.1:8088/api/search?q=失地农民&limit=5'

    服务只在本机可用。换成别的地址（如 --addr 0.0.0.0:8088）时要有令牌，令牌在启动时显示的链接里。
    /api/search 等接口的参数就是命令的选项；/openapi.json 列出全部。
help-compare = 逐句比较两份报告：沿用、改动、移位、删去、新增
help-compare-old = 较早的报告：索引里的文档编号或其中独有的一段，或者一个文件
help-compare-new = 较晚的报告
help-compare-series = 编号与这个模式相符的报告，每份与前一年的那份比较
help-compare-changes = 不列沿用的句子；Word 文档里全部都有
help-compare-examples =
    示例：
      xunzhang compare 青柳县/2004年政府工作报告.txt 青柳县/2009年政府工作报告.txt
      xunzhang compare 2023.docx 2024.docx --changes     不在索引里的文件
      xunzhang compare 旧 新 -o changes.html           网页：左右对照，或合成一栏
      xunzhang compare 旧 新 -o changes.docx           新的报告，带修订标记
      xunzhang compare --series '青柳县/*政府工作报告*' -o years.xlsx

    两份报告的句子按共有的相邻两字对应，越少见的权重越大，并看所在的小标题和前后的句子；每句是沿用、改动（[-删去的-]、{"{"}+加入的+{"}"}）、移位、
    删去或新增。前一份打算做的和后一份已经做的，除非一字不差，不算同一句。各个筛选条件限定在哪些文档里查新提法的最早出处。

    新报告的年份较晚时，旧报告为下一年定下的数字与新报告所说的实际对照：完成、未完成、未提及，或无法判定及其原因。规则见
    docs/commitments.md。
help-mcp = 供 AI 助手调用：模型上下文协议（MCP）
help-mcp-indexes = 索引的文件夹，各以文件夹名为名，或写成 名称=文件夹 [默认：--index 的那个]
help-mcp-http = 在这个地址上接受连接，而不用标准输入输出；端口 0 为任一空闲端口
help-mcp-host = 别人用来访问这台电脑的名称；可以重复
help-mcp-token-file = 存放口令的文件，没有时生成；指定后本机访问也要口令 [默认：每次启动另生成一个，只有别的电脑要]
help-mcp-examples =
    示例：
      xunzhang --index /data/reports/index mcp            写进助手的设置，由它启动
      xunzhang mcp 法规=/data/laws/index /data/reports/index   几个索引，各有名称
      xunzhang mcp --http 127.0.0.1:8090                  供来连接的客户端：http://127.0.0.1:8090/mcp

    工具：search、read、outline、precedent、frame、count、concordance、check_draft、compare、list_documents，都只读不写。
    docs/mcp.md 里有 Claude、VS Code、Cherry Studio、Dify 的设置。
help-completions = 输出外壳的命令补全脚本
help-completions-shell = 用哪一种外壳
