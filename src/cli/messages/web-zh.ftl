# 网页与 serve 的文字。

## 每页都有的

web-skip = 跳到正文
web-menu = 栏目
web-search = 检索
web-concordance = 语境
web-precedent = 先例
web-frame = 句式
web-trend = 趋势
web-check = 核稿
web-report = 词频报表
web-collection = 馆藏
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
web-filter-collection = 文集
web-filter-role = 章节作用
web-filter-section = 标题含
web-filter-path = 文件名
web-filter-in = 范围
web-filter-no-ocr = 不含识别文字
web-any = 不限
web-in-all = 正文与标题
web-in-body = 正文
web-in-headings = 标题
web-take-away = 去掉
web-export = 导出
web-export-as = 导出 .{ $format }

## 检索页

web-holds = 索引中有 { $documents } 篇文档，{ $passages } 段。
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

## 出错时

web-problem = 没能完成
web-to-start = 回到首页
web-not-found = 没有 { $path } 这一页；请从首页进入
web-not-allowed = 这里不接受这种请求；请用 GET 或 POST
web-no-format = 没有“{ $format }”这种格式；可用 json、jsonl、csv、xlsx、docx、html、md
web-unknown-parameter = 没有参数“{ $name }”；各页可用的参数见 /openapi.json
web-busy = 现在请求太多；请过一会儿再试
web-too-slow = 发送得太慢；请再试一次
web-too-large = 发送的内容超过 { $megabytes } MB；请分成几次
web-bad-body = 看不懂发送的内容；请按说明发送表单、JSON 或文件
web-bad-media = 不接受 { $media }；请发送表单、application/json 或 text/plain
web-upload-unwritten = 上传的文件没有地方放；请检查磁盘
web-foreign-host = 请求的主机名不是本机；请用启动时显示的网址
web-foreign-origin = 别的网站不能使用这里；请直接打开本页
web-no-token = 需要令牌；请用启动时显示的链接打开
web-login = 进入
web-login-token = 令牌
web-login-go = 进入
web-login-hint = 令牌在启动服务的窗口里。

## 命令

serve-ready = 请打开 { $url }（Ctrl-C 结束）
serve-running = 这个索引的页面已经开着：{ $url }
serve-refused = 不能监听 { $address }
serve-no-browser = 没能打开浏览器；请自己打开 { $url }
