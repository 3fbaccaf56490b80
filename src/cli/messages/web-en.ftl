# Words of the page and of `serve`.

## On every page

web-skip = Skip to the content
web-menu = Sections
web-search = Search
web-concordance = Concordance
web-precedent = Precedent
web-frame = Frame
web-trend = Trend
web-check = Check a draft
web-report = Report
web-collection = Collection
web-help = Help
web-keys = Keys
web-key-box = Focus the search box
web-key-next = Next result
web-key-previous = Previous result
web-key-open = Open the current result
web-key-next-hit = Next hit (in the reader)
web-key-previous-hit = Previous hit (in the reader)
web-key-cite = Copy as a citation
web-key-keys = Show the keys
web-key-close = Close
web-close = Close
web-copied = Copied
web-copy = Copy

## Forms

web-query = Query
web-placeholder = words, “phrases”, AND OR NOT, NEAR/10
web-search-go = Search
web-filters = Filters
web-filter-year = Years
web-filter-since = Since
web-filter-until = Until
web-filter-kind = Kind
web-filter-issuer = Issuer
web-filter-collection = Collection
web-filter-role = Role of the section
web-filter-section = Heading contains
web-filter-path = Path
web-filter-in = Part
web-filter-no-ocr = Without OCR
web-any = Any
web-in-all = Text and headings
web-in-body = Text
web-in-headings = Headings
web-take-away = remove
web-export = Export
web-export-as = As .{ $format }

## Search

web-holds = The index holds { $documents } documents, { $passages } passages.
web-facets = Narrow down
web-facets-ranked = No passage contains the words as written; these are passages that share parts.
web-by-year = By year
web-per-10k = Per 10,000 characters
web-as-table = As a table
web-sort-score = Best first
web-sort-newest = Newest first
web-sort-oldest = Oldest first
web-sort-path = By path
web-by-passage = Passages
web-by-document = Documents
web-context = Context
web-copies = { $n ->
    [one] 1 copy
   *[other] { $n } copies
}
web-all-copies = List all of them
web-cite = Citation
web-similar = Similar documents
web-pages = Pages
web-previous = Previous page
web-next = Next page

## What is in the index

web-overview = Overview
web-documents = Documents
web-words = Words
web-duplicates = Near-copies
web-years-by-kinds = Years × kinds (documents)
web-other-kinds = Other
web-sum = Sum
web-not-read = What was not read
web-more-in-export = The others are in the export.
web-build = Build or update the index
web-title-holds = Title or issuer contains
web-list = List
web-words-top = Frequent words
web-words-keyness = Keywords
web-words-collocates = Collocates
web-words-new = New words
web-words-hint = Choose a list; each word leads to its concordance.
web-against = Compared with (empty: all the rest)
web-min-similarity = Minimum similarity
web-groups = { $n ->
    [one] 1 group
   *[other] { $n } groups
}

## Building the index

web-build-files = { $done } of { $total } files
web-cancel = Cancel
web-built = The index is up to date: { $documents } documents; { $added } new, { $changed } changed, { $removed } removed.
web-build-search = Search
web-build-skipped = { $n } files were not read
web-build-hint = Choose the folders that hold the reports. Their files are not changed, and never leave this computer.
web-build-known = Folders in the index
web-build-folders = Folders, one on each line
web-build-go = Build the index
web-build-update = Update the index
web-build-browse = Find a folder
web-build-choose = Choose this folder
web-build-parent = Parent folder
web-build-refused = only this computer itself may build the index
web-foreign-form = the form is out of date; load the page again

## Help

web-help-exact = A phrase in quotation marks is found by its characters, whatever the segmentation; punctuation, width and script don't matter. Every count equals a scan of all passages.
web-help-language = Query language
web-form-words = any of the words; more, rarer and closer ones rank higher
web-form-phrase = the exact phrase, by characters
web-form-gap = ＊ = 1 to 20 characters in one sentence
web-form-gap-range = with a range
web-form-choice = alternatives inside a phrase
web-form-must = must and must not be there
web-form-boolean = AND, OR, NOT and brackets
web-form-near = within 10 of each other, in one sentence
web-form-title = in the title
web-form-heading = in a heading above
web-form-fields = restricted by kind and years; also issuer: path: role: collection:
web-form-weight = boost
web-help-api = Every page has an API of the same name, whose parameters are the flags of the command:

## Reader

web-show-no-place = no document is named; open one from the results, or write place=DOCUMENT:LINE in the address
web-show-characters = { $n } characters
web-show-original = Original file
web-show-outline = Outline
web-show-outline-json = Outline (JSON)
web-show-no-outline = The document has no headings.
web-show-source = Web page
web-show-search = Back to the search
web-show-concordance = Concordance of all
web-show-mark = Mark in this document
web-show-mark-go = Mark
web-show-ocr = OCR
web-show-line = Line { $line }
web-show-table = Table
web-show-boilerplate = { $n } lines are folded: { $reasons }
web-show-nothing = Nothing of it is in this document.
web-show-hits = { $n } hits here
web-show-more-hits = { $n } more; go on with “Next hit”.
web-show-way = Between hits
web-show-hit-of = Hit { $at } of { $n }
web-show-document-of = document { $at } of { $n }
web-show-previous-hit = Previous hit
web-show-next-hit = Next hit
web-show-previous-document = Previous document
web-show-next-document = Next document

## Similar documents

web-similar-title = Documents similar to “{ $title }”
web-similar-read = Read this document
web-similar-share = contains { $share } of it
web-similar-passages = { $n } pairs of passages in common
web-apply = Apply
web-data = Table

## Concordance

web-conc-window = Characters each side
web-conc-sample = Sample size
web-conc-seed = Seed
web-conc-options = Options
web-conc-sort = Order
web-conc-by-path = By path
web-conc-by-date = By date
web-conc-by-left = Left context
web-conc-by-hit = By the hit
web-conc-by-right = Right context
web-conc-group = Frequency list
web-conc-no-group = None
web-conc-group-left = { $n } to the left
web-conc-group-right = { $n } to the right
web-conc-group-hit = Hit
web-conc-group-year = Year
web-conc-group-issuer = Issuer
web-conc-group-collection = Collection
web-conc-lines = Lines
web-conc-groups = Frequency list; each count leads to its lines
web-conc-no-link = A row without a link can't be written as a query; sort by the left or right to find its lines.
web-conc-more-groups = { $n } more groups; export the table for all.
web-conc-spread = Dispersion
web-conc-spread-hint = Dispersion { $dispersion }: 0 is even over all documents, near 1 is in few. These documents have most; each tick is where a hit is.
web-conc-in-document = { $title }: { $n } hits
web-conc-place = Place
web-conc-range = Lines { $first } to { $last }
web-conc-hint = Type a query to see every occurrence with what is left and right of it.

## Precedent

web-prec-text = A sentence or several
web-prec-placeholder = as 坚持以招商引资为抓手
web-prec-go = Find precedents
web-prec-long = For a long text
web-prec-hint = How others have put it: every wording, the differences, counts, years and sources.
web-prec-similarity = Minimum similarity
web-prec-variants = { $n } wordings
web-prec-template = Template
web-prec-slot = Slot { $ord }
web-prec-timeline = Occurrences by year
web-prec-year = Year
web-prec-undated = Undated
web-prec-same = The same wording
web-prec-search = Search this wording

## Frame

web-frame-pattern = Pattern
web-frame-placeholder = 坚持以＊为指导
web-frame-go = Find fillers
web-frame-hint = Write ＊ for a slot to see what has filled it: counts, first and last year, an example.
web-frame-by-year = By year
web-frame-example = Example
web-frame-first = First
web-frame-last = Last
web-frame-occurrences = Occurrences
web-frame-documents = Documents
web-frame-filler = Filler { $ord }
web-frame-all = All fillers
web-frame-empty = (empty)
web-frame-more = The first { $n } rows; export the table for all.

## Problems

web-original-changed = the file of { $id } has changed since it was indexed; open { $url } for the file as it is now, or update the index
web-original-gone = the file of { $id } is no longer where it was; its text can still be read here

web-problem = Request failed
web-to-start = To the start page
web-not-found = there is no { $path }; begin at the start page
web-not-allowed = this path does not take such a request; use GET or POST
web-no-format = there is no format { $format }; use json, jsonl, csv, xlsx, docx, html or md
web-unknown-parameter = there is no parameter { $name }; /openapi.json lists those that there are
web-busy = too much is going on; try again in a moment
web-too-slow = the request took too long to arrive; send it again
web-too-large = what was sent is over { $megabytes } MB; send less
web-bad-body = the body can't be read; send a form, a JSON object or a file
web-bad-media = unsupported media type { $media }; send a form, application/json or text/plain
web-upload-unwritten = there is no room for the upload; check the disk
web-foreign-host = the request is for another host; use the address that was shown at the start
web-foreign-origin = another site may not use this one; open the page itself
web-no-token = a token is needed; open the link that was shown at the start
web-login = Log in
web-login-token = Token
web-login-go = Log in
web-login-hint = The token is in the window in which the server was started.

## The command

serve-ready = open { $url } (Ctrl-C ends the server)
serve-running = the page of this index is open already: { $url }
serve-refused = can't listen at { $address }
serve-bad-token = { $path } has no token that can be used: 32 letters and digits or more, readable by its owner alone; remove the file to have one made
serve-no-browser = no browser could be started; open { $url } yourself

## Jobs: reports, checks

web-job-waiting = Others come first; it starts when its turn comes.
web-job-begins = Starting …
web-job-running = Progress
web-job-done = Done
web-job-cancel = Stop
web-job-cancelled = Stopped, without a result.
web-job-stopped = Stopped
web-job-again = Change it and run it again
web-job-gone = There is no such result, or it has expired (results are kept for half an hour); please send the form again
web-job-index = Of the index { $fingerprint }
web-job-old-index = The index has been updated since: links lead to the new one, and numbers there may differ.
web-table-wide = This table has { $columns } columns, more than { $most }, and is left out here; the workbook has it.
web-table-cut = { $rows } rows, the first { $most } of them here; the files have all.

## Report builder

web-report-about = Paste or upload a list of keywords; each is counted over all documents, by year, kind, section and more.
web-report-list = Keywords, one entry a line
web-report-file = Or upload a list (txt, csv, tsv, xlsx)
web-report-excerpts = Excerpts of each entry
web-report-no-negation = Don’t count negated and prohibited hits apart
web-report-go = Count
web-evidence = evidence (zip)
web-evidence-about = Every occurrence, every passage that was counted, sums of the files, the rule, and a program that counts again
web-report-progress = { $done } of { $total } documents read
web-report-contents = Contents of the report
web-report-unfold = Show
web-report-syntax = A line may be:
web-report-syntax-word = a word, counted by characters
web-report-syntax-any = several wordings, counted as one
web-report-syntax-group = before the colon, its group
web-report-syntax-gap = ＊ stands for 1 to 20 characters
web-report-syntax-query = any query
web-report-syntax-comment = a comment, not counted

## Draft desk

web-check-about = Paste or upload a draft; sentence by sentence it shows what occurs elsewhere, where, and what was changed.
web-check-text = Draft
web-check-file = Or upload a file (docx, pdf, txt and others)
web-check-exclude = Leave out this document (its file)
web-check-least = Minimum similarity
web-check-go = Check
web-check-kept = The draft is checked in memory, and an uploaded file is removed once it is read; the result is kept for half an hour.
web-check-progress = { $done } of { $total } sentences checked
web-check-shares = Shares of the classes
web-check-precedents = Precedents
web-check-hint = Choose a coloured sentence to see its precedents here; j and k go to the next and the previous one.

## Trend

web-lineage = Lineage of a wording
web-lineage-about = Where a wording comes from: first use, forms along the years, who took it up when, peak, successor.
web-lineage-wording = Wording
web-lineage-go = Trace
web-lineage-of = forms and spread
web-trend-about = How words come and go over the years: first use, peak, last use, rising or retired.
web-trend-word = Word { $number }
web-trend-go = Draw
web-trend-year = By year
web-trend-month = By month
web-trend-decade = By decade
web-trend-counts = Occurrences
web-trend-rates = Per 10,000
web-trend-read = Read
