# 网页与 serve 的文字。

## 每页都有的

web-skip = 跳到正文
web-menu = 栏目
web-search = 检索
web-concordance = 上下文
web-precedent = 先例
web-frame = 句式
web-trend = 趋势
web-check = 核稿
web-report = 词频报表
web-collection = 资料库
web-help = 帮助
web-keys = 快捷键
web-key-box = 回到检索框
web-key-next = 下一条
web-key-previous = 上一条
web-key-open = 打开当前一条
web-key-next-hit = 下一处（阅读页）
web-key-previous-hit = 上一处（阅读页）
web-key-cite = 复制出处
web-key-keys = 显示快捷键
web-key-close = 关闭
web-close = 关闭
web-copied = 已复制
web-copy = 复制

## 表单

web-query = 检索式
web-placeholder = 词、“词组”、AND OR NOT、NEAR/10
web-search-go = 检索
web-filters = 筛选
web-filter-year = 年份
web-filter-since = 不早于
web-filter-until = 不晚于
web-filter-kind = 文种
web-filter-issuer = 发文机关
web-filter-collection = 资料集
web-filter-role = 章节作用
web-filter-section = 标题含
web-filter-path = 文件名
web-filter-in = 检索位置
web-filter-no-ocr = 不含扫描识别的文字
web-any = 不限
web-in-all = 正文与标题
web-in-body = 正文
web-in-headings = 标题
web-take-away = 去掉
web-export = 导出
web-export-as = 导出 .{ $format }

## 检索页

web-holds = 索引中有 { $documents } 篇文档，{ $passages } 段。
web-facets = 缩小范围
web-facets-ranked = 没有逐字相符的段落；下面按部分相符的段落计数。
web-by-year = 按年
web-per-10k = 每万字
web-as-table = 列表
web-sort-score = 按相关
web-sort-newest = 新的在前
web-sort-oldest = 旧的在前
web-sort-path = 按文件名
web-by-passage = 逐段
web-by-document = 逐篇
web-context = 前后文
web-copies = 另有 { $n } 处相同
web-all-copies = 列出全部
web-cite = 出处
web-similar = 相近文档
web-pages = 翻页
web-previous = 上一页
web-next = 下一页

## 资料库

web-overview = 概况
web-documents = 文档
web-words = 词语
web-duplicates = 重复文档
web-years-by-kinds = 年份 × 文种（篇）
web-other-kinds = 其他
web-sum = 合计
web-not-read = 未能读入的文件
web-more-in-export = 其余见导出的文件。
web-build = 建立或更新索引
web-title-holds = 标题或发文机关含
web-list = 列出
web-words-top = 常用词
web-words-keyness = 特征词
web-words-collocates = 搭配
web-words-new = 新词
web-words-hint = 选一种词表；点词语看它的上下文。
web-against = 对比范围（不填则与其余全部比较）
web-min-similarity = 最低相似度
web-groups = { $n } 组

## 建立索引

web-build-files = 已读 { $done } 个文件，共 { $total } 个
web-cancel = 取消
web-built = 索引已是最新：共 { $documents } 篇；新增 { $added }，更新 { $changed }，移除 { $removed }。
web-build-search = 开始检索
web-build-skipped = 未能读入的文件 { $n } 个
web-build-hint = 请选定存放报告的文件夹。原来的文件不会改动，也不会离开这台电脑。
web-build-known = 已收入的文件夹
web-build-folders = 文件夹，一行一个
web-build-go = 建立索引
web-build-update = 更新索引
web-build-browse = 从这里挑选
web-build-choose = 选定这个文件夹
web-build-parent = 上一级
web-build-refused = 只有在这台电脑上才能建立索引
web-foreign-form = 表单已过期；请刷新后再试

## 帮助

web-help-exact = 引号里的词组逐字查找，与分词无关：标点、全半角、繁简不同也算相符。凡是次数，都与逐段通读所得相同。
web-help-language = 检索式
web-form-words = 有其中任一词的；词多、少见、靠近的排在前面
web-form-phrase = 逐字相符的词组
web-form-gap = ＊ 代表同一句里的 1 到 20 个字
web-form-gap-range = 限定字数
web-form-choice = 词组里的几种说法
web-form-must = 必须有、不能有
web-form-boolean = AND、OR、NOT 与括号
web-form-near = 同一句里相距 10 个字以内
web-form-title = 标题里有
web-form-heading = 上级小标题里有
web-form-fields = 限定文种、年份；还有 issuer: path: role: collection:
web-form-weight = 加重
web-help-api = 每一页都有同名的接口，参数就是命令行的选项：

## 阅读页

web-show-no-place = 没有说是哪篇文档；请从检索结果打开，或在网址中写 place=文档:行
web-show-characters = { $n } 字
web-show-original = 下载原文件
web-show-outline = 目录
web-show-outline-json = 目录（JSON）
web-show-no-outline = 本篇没有标题。
web-show-source = 来源网页
web-show-search = 回到检索
web-show-concordance = 全部上下文
web-show-mark = 在本篇中标出
web-show-mark-go = 标出
web-show-ocr = 扫描识别
web-show-line = 第 { $line } 行
web-show-table = 表格
web-show-boilerplate = 已折叠 { $n } 行：{ $reasons }
web-show-nothing = 本篇没有要找的词。
web-show-hits = 本篇 { $n } 处
web-show-more-hits = 另有 { $n } 处，请用“下一处”。
web-show-way = 在命中之间移动
web-show-hit-of = 第 { $at } 处，共 { $n } 处
web-show-document-of = 第 { $at } 篇，共 { $n } 篇
web-show-previous-hit = 上一处
web-show-next-hit = 下一处
web-show-previous-document = 上一篇
web-show-next-document = 下一篇

## 相近文档

web-similar-title = 与《{ $title }》相近的文档
web-similar-read = 阅读本篇
web-similar-share = 含有本篇的 { $share }
web-similar-passages = 相同的段落 { $n } 对
web-apply = 应用
web-data = 数据表

## 上下文

web-conc-window = 每侧字数
web-conc-sample = 抽样行数
web-conc-seed = 随机种子
web-conc-options = 选项
web-conc-sort = 排序
web-conc-by-path = 按文件名
web-conc-by-date = 按日期
web-conc-by-left = 按左侧
web-conc-by-hit = 按命中词
web-conc-by-right = 按右侧
web-conc-group = 频次表
web-conc-no-group = 不分组
web-conc-group-left = 左 { $n } 字
web-conc-group-right = 右 { $n } 字
web-conc-group-hit = 命中词
web-conc-group-year = 年份
web-conc-group-issuer = 机关
web-conc-group-collection = 资料集
web-conc-lines = 各行
web-conc-groups = 频次表（点次数看各行）
web-conc-no-link = 没有链接的一行写不成检索式，请按左右排序后在各行中找。
web-conc-more-groups = 另有 { $n } 组，请导出表格。
web-conc-spread = 各篇分布
web-conc-spread-hint = 离散度 { $dispersion }：0 为各篇均匀，接近 1 为集中在少数几篇。下列各篇出现最多，竖线是出现的位置。
web-conc-in-document = { $title }：{ $n } 处
web-conc-place = 位置
web-conc-range = 第 { $first } 至 { $last } 行
web-conc-hint = 输入检索式，看它每一次出现的左右文字。

## 先例

web-prec-text = 一句或几句话
web-prec-placeholder = 例如：坚持以招商引资为抓手
web-prec-go = 查先例
web-prec-long = 文字较长时用此按钮
web-prec-hint = 看别人怎样说同一句话：每种说法、异同、次数、年份与出处。
web-prec-similarity = 相似度下限
web-prec-variants = { $n } 种说法
web-prec-template = 共同句式
web-prec-slot = 第 { $ord } 个空位
web-prec-timeline = 历年次数
web-prec-year = 年份
web-prec-undated = 无日期
web-prec-same = 原样出现
web-prec-search = 检索这一说法

## 句式

web-frame-pattern = 句式
web-frame-placeholder = 坚持以＊为指导
web-frame-go = 查句式
web-frame-hint = 用 ＊ 代替空位，看各处填的是什么：次数、首末年份与例句。
web-frame-by-year = 分年列出
web-frame-example = 例句
web-frame-first = 最早
web-frame-last = 最近
web-frame-occurrences = 次数
web-frame-documents = 篇数
web-frame-filler = 填入词语 { $ord }
web-frame-all = 全部填入词语
web-frame-empty = （空）
web-frame-more = 只列前 { $n } 行；全部请导出。

## 出错时

web-original-changed = { $id } 的文件在建索引之后改过；要下载现在的文件，请打开 { $url }，或先更新索引
web-original-gone = { $id } 的文件已经不在原处；索引中的全文仍可阅读

web-problem = 操作未完成
web-to-start = 回到首页
web-not-found = 没有 { $path } 这一页；请从首页进入
web-not-allowed = 这里不接受这种请求；请用 GET 或 POST
web-no-format = 没有“{ $format }”这种格式；可用 json、jsonl、csv、xlsx、docx、html、md
web-unknown-parameter = 没有参数“{ $name }”；各页可用的参数见 /openapi.json
web-busy = 现在请求太多；请过一会儿再试
web-too-slow = 发送得太慢；请再试一次
web-too-large = 发送的内容超过 { $megabytes } MB；请分成几次
web-bad-body = 无法识别所发送的内容；请按说明发送表单、JSON 或文件
web-bad-media = 不接受 { $media }；请发送表单、application/json 或 text/plain
web-upload-unwritten = 无法保存上传的文件；请检查磁盘空间
web-foreign-host = 请求的主机名不是本机；请用启动时显示的网址
web-foreign-origin = 不接受来自其他网站的请求；请直接打开本页
web-no-token = 需要访问口令；请用启动时显示的链接打开
web-login = 登录
web-login-token = 访问口令
web-login-go = 登录
web-login-hint = 访问口令在启动服务的窗口里。

## 命令

serve-ready = 请打开 { $url }（Ctrl-C 结束）
serve-running = 这个索引的页面已经开着：{ $url }
serve-refused = 不能监听 { $address }
serve-bad-token = { $path } 里没有可用的口令：要 32 个以上的字母和数字，而且只有本人能读；删去该文件即另生成一个
serve-no-browser = 没能打开浏览器；请自己打开 { $url }

## 任务（报表、核稿）

web-job-waiting = 前面还有任务，轮到就开始。
web-job-begins = 正在开始……
web-job-running = 进度
web-job-done = 完成
web-job-cancel = 停止
web-job-cancelled = 已停止，没有结果。
web-job-stopped = 已停止
web-job-again = 修改后再做一次
web-job-gone = 没有这一份结果，或已过期（只保留半小时）；请重新提交
web-job-index = 所依据的索引 { $fingerprint }
web-job-old-index = 此后索引已更新，链接到的是新索引，数目可能不同。
web-table-wide = 此表有 { $columns } 列，多于 { $most } 列，页上不列；请看工作簿。
web-table-cut = 共 { $rows } 行，页上只列前 { $most } 行；全部见导出的文件。

## 词频报表

web-report-about = 贴入或上传词表，统计每个词条在全部文档里的次数，按年份、文种、章节等分列。
web-report-list = 词表（一行一条）
web-report-file = 或上传词表（txt、csv、tsv、xlsx）
web-report-excerpts = 每条摘录几处
web-report-no-negation = 不单列否定、禁止用法
web-report-go = 统计
web-evidence = 复算材料（zip）
web-evidence-about = 每一处、计数范围内的每个段落、文件校验和、规则，以及从头复算的程序
web-report-progress = 已读 { $done } / { $total } 篇
web-report-contents = 报表目录
web-report-unfold = 展开
web-report-syntax = 每行可以是：
web-report-syntax-word = 一个词，逐字计数
web-report-syntax-any = 几种说法，合为一条
web-report-syntax-group = 冒号前是组名
web-report-syntax-gap = ＊ 代 1 至 20 字
web-report-syntax-query = 任何检索式
web-report-syntax-comment = 备注，不计

## 核稿

web-check-about = 贴入或上传稿件，逐句查对：哪些话已见于别处，出自哪里，改动了什么。
web-check-text = 稿件
web-check-file = 或上传文件（docx、pdf、txt 等）
web-check-exclude = 不与此文档相比（文件名）
web-check-least = 最低相似度
web-check-go = 查对
web-check-kept = 稿件在内存里查对，上传的文件读完即删；结果保留半小时。
web-check-progress = 已查 { $done } / { $total } 句
web-check-shares = 各类所占
web-check-precedents = 先例
web-check-hint = 点选带底色的句子，在这里看它的先例；j、k 到下一句、上一句。

## 趋势

web-lineage = 提法源流
web-lineage-about = 看一个提法从哪里来：首见、历年的各种形式、谁在何时采用、高峰、后继。
web-lineage-wording = 提法
web-lineage-go = 查源流
web-lineage-of = 各种形式和采用者
web-trend-about = 看几个词在历年文档里的起落：首见、高峰、末见，上升还是退场。
web-trend-word = 词 { $number }
web-trend-go = 画图
web-trend-year = 按年
web-trend-month = 按月
web-trend-decade = 按十年
web-trend-counts = 次数
web-trend-rates = 每万字
web-trend-read = 阅读
