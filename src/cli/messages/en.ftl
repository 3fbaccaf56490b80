# Every sentence that the command says, in English. The keys and arguments are those of zh.ftl.

## Of several commands

n-documents = { $n ->
        [one] 1 document
       *[other] { $n } documents
    }
head-ocr = OCR
more-places = { $n_more } more
n-files = { $n ->
        [one] 1 file
       *[other] { $n } files
    }
seconds = { $seconds } s
progress-left = { $done }/{ $total }, { $left } left
wrote = wrote { $path }
n-passages = { $n ->
        [one] 1 passage
       *[other] { $n } passages
    }
value-missing = (none)
column-characters = characters
column-passages = passages
column-documents = documents
column-kind = kind
column-year = year
n-lines = { $n ->
        [one] 1 line
       *[other] { $n } lines
    }
list-separator = ,{" "}
value-none = none
counts = { $times } in { $documents }{ $years }
counts-years = , { $years }
n-occurrences = { $n ->
        [one] 1 occurrence
       *[other] { $n } occurrences
    }
nothing-found = nothing found
head-date = { $date } ({ $source })
head-ocr-passages = { $n } passages by OCR, marked ~
date-record = record
date-metadata = metadata line
date-subtitle = subtitle
date-signature = signature
date-title = title
date-document-number = document number
date-file-name = file name
field-title = title
field-kind = kind
field-issuer = issuer
field-url = url

## index

index-strict = { $files } skipped, and --strict was given; the index holds all others
index-time = time
index-skipped-column = skipped
index-bytes = bytes
index-changes = { $added } added, { $changed } changed, { $removed } removed, { $unchanged } unchanged
index-own = skipped { $n } that xunzhang wrote itself: { $named }
index-more-named = , … (-v names all)
index-skipped-more = skipped { $more } more: { $reason } (-v names all)
index-skipped = skipped { $path }: { $reason }
warning-split-lines = all on one line, split into { $n }
warning-unaccounted = { $read } characters were read and { $kept } kept, a fault of the program; please report this
warning-set-aside = { $percent } % of the text was set aside, mostly as { $reason }; see `xunzhang show --all`
warning-garbled-name = its name is garbled and should be { $name }
warning-misnamed = it is { $what } in spite of its name, and was read as that
warning-cut-cells = { $n } cells are as long as Excel allows, their text was probably cut
warning-recognized = the text of { $n } pages was read by character recognition, which errs
warning-picture-pages = { $n } pages have no text, only pictures; `index --ocr` recognizes their text
warning-skipped-inside = { $path } inside was skipped: { $reason }
warning-incomplete = the file is damaged, what could be read was kept; save it anew in its own program
warning-repeated-id = the id { $key } was taken, a number was added
warning-empty-record = the record has no text, left out
warning-bad-record = record { $n } cannot be read, left out
warning-controls = { $n } control characters removed
warning-undecodable = { $n } bytes that cannot be decoded
warning-escapes = { $n } literal escapes removed
warning-shortened = the { $field } is very long and is listed shortened
warning-repeated-title = title printed twice, kept once
warning-repeated-text = the text occurs { $n } times, kept once
warning-joined-lines = { $n } hard-wrapped line ends joined
warning-summary = { $what }: { $n }, { $named }
warning-more-named = , … (-v tells all)
warning-of = { $id }: { $sentence }
ocr-no-program = no program for character recognition is there, pictures are still left out; install one: `pip install rapidocr onnxruntime`, or tesseract with its Chinese data (`apt install tesseract-ocr-chi-sim`)
index-speed = { $time }, { $speed } MB/s
warnings-incomplete = damaged, what could be read was kept
warnings-skipped-inside = files inside that give no document
warnings-picture-pages = pages of nothing but pictures, which `index --ocr` reads
warnings-recognized = read by character recognition, which errs
warnings-cut-cells = cells cut at the length that Excel allows
warnings-set-aside = over 5 % of the text set aside (see `xunzhang show --all`)
warnings-unaccounted = what was kept is not what was read, a fault of the program; please report this
warnings-misnamed = something else than the name says
warnings-garbled-name = garbled file names
warnings-bad-record = records that cannot be read
warnings-empty-record = records without text
warnings-undecodable = bytes that cannot be decoded
warnings-repeated-text = text pasted several times, kept once
warnings-repeated-id = repeated ids, numbered
warnings-split-lines = all on one line, split at headings
warnings-joined-lines = hard-wrapped lines, joined
warnings-repeated-title = title printed twice, kept once
warnings-escapes = literal escapes, removed
warnings-shortened = titles or other values too long to list whole
warnings-controls = control characters, removed

## search

batch-no-id = expected an id, a tab and a query
batch-no-json = expected {"{"}"_id":"…","text":"…"{"}"}
batch-id-used = the id { $id } was used before
batch-unreadable = the queries in { $file } cannot be read
batch-failed = { $n_bad } of { $n_lines } lines could not be run; the others are done
hint-field = `{ $name }:` is no field and is read as words; write `{ $ours }:`
hint-unknown-field = `{ $name }:` is no field and is read as words; the fields are title: heading: kind: year: path: role: issuer: collection:
hint-distance = `{ $text }` is read as words; write 甲 NEAR/{ $distance } 乙 for either order, “甲*{"{"}0,{ $distance }{"}"}乙” for this order
hint-regex = `{ $text }` is read as words: there are no regular expressions; write “坚持以*为指导” with * or *{"{"}2,8{"}"} for a gap, “(优化|改善)营商环境” for alternatives
hint-small-letters = `{ $text }` is read as a word; operators are in capitals: AND OR NOT
hint-ampersand = `&` is skipped; write AND, or two words side by side
hint-bar = `|` is skipped; write OR, or alternatives inside a phrase: “(优化|改善)营商环境”
hint-long = a long text: `xunzhang precedent` lists how others put it, `xunzhang check FILE` checks a draft sentence by sentence
hint-without-part = without { $part }: { $n }
hint-word = { $word } { $n }
hint-part = ; its part “{ $text }”: { $n }
hint-near = ; near it: { $list }
hint-missing = “{ $row }” does not occur
hint-each-occurs = each occurs ({ $list }), but not where the rest is met; try OR, or fewer conditions
hint-without-filters = without any filter: { $n }
hint-without-filter = without { $flag }: { $n }
search-trec-passages = format trec ranks documents; leave out --by passage
search-count-trec = --count has no format trec; use text, json, jsonl, csv or tsv
search-took = took { $ms } ms
search-count = { $places } in { $passages } of { $documents }
search-score-terms = ; { $parts }
search-as-written = , as written
search-all-words = , all words
search-score-parts = : retrieved { $retrieved }, added { $added }, units { $units }, coverage { $coverage }, run { $run }
search-score = score { $score }
search-copies = { $n } more with the same wording: { $places }
search-here = { $matching } here
search-earlier = ; all are on earlier pages
search-shown = ; { $first }–{ $last } shown
search-shown-one = ; number { $rank } shown
search-total = { $passages } in { $documents }

## precedent and frame

frame-slot = Slot { $ord }
frame-total = { $matches } in { $documents }
frame-slot-column = Slot
frame-fillers = Fillers
precedent-none-near = no precedent of similarity { $least }; try a lower --min-similarity
precedent-page-template = Template
precedent-none = no precedent
precedent-page = Precedents
precedent-nothing = (nothing)
precedent-template = template
frame-times = times
frame-docs = docs
frame-years = years
frame-filler = filler
frame-source = source
frame-undated = undated: { $n }

## check

check-summary = { $n ->
        [one] 1 sentence
       *[other] { $n } sentences
    }: { $verbatim } verbatim, { $near } near, { $loose } loose, { $none } none. Of { $characters } characters { $reused } occur elsewhere, { $distinctive } without set phrases.
check-excluded = {" "}Not compared with the draft itself or what was excluded: { $documents }.
check-draft-title = Draft
check-reused = Found elsewhere
check-sheet-summary = Summary
check-method = Verbatim: the same units; near: similarity { $near } or more; loose: { $loose } or more. Characters count as found elsewhere in two ways: in a run of { $min_run } or more that one of the { $counted } most similar precedents has too; in a sentence without precedent, in a clause of { $min_clause } or more that occurs elsewhere word for word. Each counts once. What occurs in { $common_titles } texts or more is a set phrase; documents of one title, or of the same text, are one text.
check-common = set phrase
check-rare = in a few texts
check-single = in one text only
check-none = none
check-loose = loose
check-near = near
man-no-command = there is no command { $name }
compare-name-one = { $name } holds { $n } documents; name one of them, as in { $name }#1
compare-summary = { $old } → { $new } sentences: { $kept } kept, { $changed } changed, { $moved } moved, { $dropped } dropped, { $added } new
compare-sections = Share of the text
compare-figures = Figures that changed
compare-commitments = Commitments
compare-commitments-summary = { $all } figures set for the next year: { $met } met, { $missed } missed, { $unmentioned } not mentioned, { $undecided } undecided
compare-commitment-status = status
compare-commitment-measure = of
compare-commitment-target = target
compare-commitment-outcome = outcome
compare-commitment-old-line = old
compare-commitment-new-line = new
compare-commitment-reason = why undecided
compare-commitment-old-place = target in
compare-commitment-new-place = outcome in
compare-commitment-old = target as worded
compare-commitment-new = outcome as worded
compare-commitment-met = met
compare-commitment-missed = missed
compare-commitment-not-mentioned = not mentioned
compare-commitment-undecided = undecided
compare-commitment-longer-period = several years
compare-commitment-other-period = other period
compare-commitment-other-unit = other unit
compare-commitment-other-measure = amount, not change
compare-commitment-only-about = only “about”
compare-commitment-no-bound = no bound
compare-commitment-outcome-rounded = rounded
compare-commitment-in-words = in words
compare-first = first used { $date } { $place }
compare-kept = kept
compare-changed = changed
compare-moved = moved
compare-dropped = dropped
compare-new = new
compare-split = split
compare-merged = merged
compare-undated = { $id } has no date and is left out
compare-same-year = { $id } is left out: there is another report of that year
compare-series-few = fewer than two dated documents match { $glob }; `xunzhang docs --path` lists documents
compare-docx-two = a Word document is written of two reports: name OLD and NEW
compare-tracked = { $from } → { $to }
compare-method = Sentences are joined by the pairs of characters that both have, weighted by how rare they are in the two reports, by their headings and by the sentences around them. Kept: the same characters at the same place in the order; changed: other wording there; moved: at another place; dropped: only in the older report; new: only in the newer one. What one report plans and what the next has done are not joined. A figure changed if the newer report has another one with the same unit, of the same thing.
compare-page = Comparison
compare-page-view = View
compare-page-two = side by side
compare-page-one = in one column
compare-page-hide = hide what was kept
compare-page-from = from { $place }
compare-page-to = moved to { $place }
compare-sheet-summary = Summary
compare-column-status = Status
compare-column-parts = Parts
compare-column-section = Section
compare-column-of = Figure
compare-column-old = Older
compare-column-new = Newer
compare-column-old-date = Older date
compare-column-new-date = Newer date
compare-column-old-place = Older place
compare-column-new-place = Newer place
compare-column-old-heading = Older heading
compare-column-new-heading = Newer heading
compare-column-old-share = Older share
compare-column-new-share = Newer share
compare-column-old-sentences = Older sentences
compare-column-new-sentences = Newer sentences
compare-column-first-date = First used
compare-column-first-place = First place
check-verbatim = verbatim
check-draft = the draft { $name }
check-page-parts = The sentence as a whole is new; clauses of it stand in:
check-page-back = back to the draft
check-page-sentence = Sentence { $number }: { $name }
check-page-hint = Choose a coloured sentence, with the mouse, Tab or the arrow keys, to see its precedents here.
check-page = Check
check-newest = newest
check-oldest = oldest
check-in = in
check-clause = a clause of it
check-line = line { $line }
check-sheet-documents = Documents
check-sheet-sentences = Sentences
check-documents = Source documents (characters; without set phrases; sentences)
check-page-documents = Source documents
check-share = Share
check-characters = Characters
check-distinctive = Without set phrases
check-sentences = Sentences
check-column-line = Line
check-column-class = Class
check-column-similarity = Similarity
check-column-rarity = Rarity
check-column-sentence = Sentence
check-column-difference = Difference
check-column-occurrences = Occurrences
check-column-documents = Documents
check-column-oldest = Oldest
check-column-oldest-place = Oldest place
check-column-newest = Newest
check-column-newest-place = Newest place
check-column-document = Document
check-column-title = Title
check-column-date = Date
citation-heading = { $n ->
        [one] 1 citation
       *[other] { $n } citations
    }: { $verbatim } as in the source, { $altered } altered, { $not_found } not found, { $ambiguous } undecided.
citation-none = No quotation, title, article, document number or figure in the draft.
citation-quotation = quotation
citation-title = title
citation-article = article
citation-number = document number
citation-figure = figure
citation-verbatim = as in the source
citation-altered = altered
citation-not-found = not found
citation-ambiguous = undecided
citation-named = said to be from《{ $title }》
citation-of = of “{ $subject }”
citation-source-missing = the named document is not in the collection; all of it was searched
citation-other-source = the named document does not have these words; another one does
citation-other-article = the words are in another article
citation-other-part = the words are in another paragraph or item of the article
citation-other-edition = not in the edition of the named year; another edition has it
citation-exists = the article exists; nothing said of it can be compared
citation-content-missing = the article exists; the quoted words are nowhere in the law
citation-no-such-article = no such article
citation-no-such-part = the article has no such paragraph or item
citation-no-source = no law is named for the article
citation-too-short = too few characters to decide
citation-other-figure = elsewhere there are other figures of the same thing; the draft names no source
citation-several-documents = several documents have this title or these words; the draft does not say which is meant
citation-editions-differ = the editions differ here; the draft does not say which is meant
citation-several-wordings = several wordings are equally close
citation-revised = newer edition of { $date }: { $title } ({ $place })
citation-revised-holds = newer edition of { $date } still has it: { $title } ({ $place })
citation-revised-lacks = newer edition of { $date } reads differently here: { $title } ({ $place })
citation-amended = amended on { $date }: { $title } ({ $place })
citation-repealed = repealed on { $date }: { $title } ({ $place })
citation-edition-holds = has it
citation-edition-lacks = does not
citation-editions = Editions
citation-more-figures = { $n ->
        [one] 1 more figure without a named source is
       *[other] { $n } more figures without a named source are
    } not in the collection.
citation-method = Quotations, titles, articles, document numbers and figures are each looked up where the draft says they come from, else in the whole collection. Characters are compared, punctuation is not. Similarity { $altered } or more is altered; a quotation of fewer than { $min } characters that is not there word for word is called not found. Figures are compared by value, measure and the words before them; articles by the words quoted, else by the rest of the sentence; without either only whether the article exists.
citation-sheet = Citations
citation-column-kind = Kind
citation-column-status = Result
citation-column-text = In the draft
citation-column-named = Said to be from
citation-column-difference = Difference
citation-column-wording = True wording
citation-column-source = Source
citation-column-place = Place
citation-column-newer = Later
citation-column-remark = Remark
citation-column-done = Checked
citation-page = Citations
citation-layer = Mark citations
citation-page-hint = Choose an underlined citation to see its source here.
citation-draft = Citations of the draft: { $title }
citation-author = xunzhang

## lineage

lineage-title = Lineage: { $wording }
lineage-none = Neither the wording nor a form of it occurs.
lineage-forms-only = The wording does not occur; others that are like it do.
lineage-counts = { $times } ({ $undated } undated) in { $documents }; first { $first }, last { $last }
lineage-peak-one = peak { $year }: { $times }, { $rate } per 10,000 characters, the highest rate as well
lineage-peak = peak { $year }: { $times }, { $rate } per 10,000 characters; highest rate { $other }: { $highest }
lineage-successor-found = successor candidate: { $text }, { $own } since { $since }, the wording { $of_wording } in these years
lineage-successor-none = no successor among the forms
lineage-successor-in-use = no successor among the forms; the wording is in use in { $year }, the last year with text
lineage-successor-undecided = successor undecided: no text is later than the peak
lineage-still-in-use = the wording itself is in use in { $year }, the last year with text
lineage-rule = Same wording (--min-similarity): at least { $least } alike. Similarity is units aligned in both texts, twice, over the units of both; moved units count nine tenths.
lineage-read-as = Marks and signs are not compared: the wording is looked up as { $units }.
lineage-short = A wording this short has few variants: one unit replaced is less alike than the rule asks for.
lineage-cut = There may be more forms than the { $limit } most similar ones (-n).
lineage-uses-cut = Only the first { $shown } passages are listed; all are counted.
lineage-own-rule = The wording is counted wherever it occurs, as by search --count; another form only where it is inside no longer form. Variants come from the 200 passages that share the rarest pairs of characters with the wording: rare forms may be missing, none is miscounted.
lineage-tree-rule = A form goes back to the form of an earlier date that is most like it, at least as much as the rule says; dates are compared as precisely as both are known. That is likeness and order, no proof that one was made of the other. ◆ is the wording.
lineage-successor-rule = The successor candidate is the form that begins in a later year than the peak, is in two documents at least and no part of the wording, and is used more than the wording from its first year on, which is used less often since than before. Whether it took the wording's place is for the reader to say. A wording that was replaced as a whole by other words can't be found this way.
lineage-level-rule = Levels are read from the issuer's name: of several the highest; a county-level city counts as a city unless a city is named before it; development zones and names without a place are not known.
lineage-legend = Area of a disc: occurrences in the year. Black: the wording. Dotted: from the form that it goes back to, with what changed under its name.
lineage-dated-documents = { $n ->
        [one] 1 dated document
       *[other] { $n } dated documents
    }
lineage-gaps = { $n ->
        [one] 1 year
       *[other] { $n } years
    } without documents
lineage-form = Form
lineage-forms = Forms
lineage-similarity = Similarity
lineage-parent = Goes back to
lineage-parent-similarity = Similarity to it
lineage-change = Change
lineage-inside = Inside longer forms
lineage-first-place = First place
lineage-level = Level
lineage-no-issuer = not stated
lineage-years = Years
lineage-uses = Uses
lineage-more-rows = … { $n } more, all of them in files
level-national = national
level-province = province
level-city = city
level-county = county
level-township = township
level-unknown = not known

## report, trend and words

report-total = { $documents } documents, { $passages } passages, { $characters } characters
trend-course = { $total } occurrences ({ $undated } undated); first { $first }, peak { $peak }, last { $last }; { $course }
words-word = Word
words-occurrences = Occurrences
words-documents = Documents
words-per-10k = Per 10,000
words-top-method = Per 10,000 characters of all passages under the filter; under --role of the passages of that role alone.
words-here = Here
words-against = Against
words-g2 = G²
words-log-ratio = Log ratio
words-keyness-method = Samples: { $size } words here, { $against } against (of two characters or more, stop words left out). G² is the log-likelihood, the log ratio the base-2 logarithm of the quotient of both rates, with half an occurrence for none.
words-together = Together
words-left = Left
words-right = Right
words-all-occurrences = Occurrences
words-log-dice = logDice
words-cohesion = Cohesion
words-boundary-entropy = Boundary entropy
words-new-method = Cohesion: the least pointwise mutual information of any cut in two, in bits. Boundary entropy: the lesser of the entropies of the left and right neighbours, in bits. Passages of the same text count once.

## similar and duplicates

duplicates-method = Similarity: runs of { $gram } units that both documents have, over those that either has. Every pair from the threshold on is found, chains of pairs are one group; shown is the similarity with the first document of the group.
duplicates-group = Group { $number }, { $n }
duplicates-none = no near-copies
similar-other = { $other } of the other
similar-none = no document shares text with it

## show, docs, status, verify and watch

docs-none = no such document
docs-by-collection = { $documents }: { $collections }
show-line = line
show-passage = no.
show-no-line = { $id } has lines 1 to { $last }, no line { $line }
show-name-one = { $name } holds { $n } documents; name one of them, as in { $name }#1:{ $line }
status-characters = { $passages } (of { $read } read, { $aside } set aside)
status-synonyms = synonyms
status-dictionary = dictionary
status-since = changed since
status-files = files
status-roots = roots
status-index = index
status-stale = { $changed } changed, { $vanished } gone; bring the index up to date with `xunzhang index FOLDER`
status-unchanged = none
status-size = { $n } ({ $size })
status-index-of = { $index } (format { $format }, fingerprint { $fingerprint }, { $size } on disk)
status-gone = gone { $path }
status-changed = changed { $path }
status-files-of = { $files } ({ $n })
status-nothing-skipped = nothing was skipped or set aside
status-set-aside = { $document }: { $percent } % set aside, mostly { $reason }
status-skipped = skipped { $path }: { $reason }
flaw-not-findable = { $document }:{ $number }: not found by its own text
flaw-passages = { $document }: { $expected } passages expected, { $found } found
flaw-missing-file = the file { $name } is missing
flaw-damaged-file = the file { $name } does not have its checksum
verify-problems = problems: { $n }; looked at { $files } files, { $documents } documents, { $passages } passages
verify-sound = sound: { $files } files have their checksums, { $documents } documents are whole, { $passages } passages are found by their own text
watch-summary = { $documents } documents; { $added } added, { $changed } changed, { $removed } removed, { $skipped } files skipped; { $seconds } s
docs-date = date
docs-kind = kind
docs-passages = passages
docs-characters = characters
docs-title = title
flaw-count = { $what }: the manifest says { $manifest }, there are { $found }
flaw-files = files
flaw-documents = documents
flaw-passages-count = passages
flaw-characters = characters

## Files that are not written

output-binary = a file of this format is not for the terminal; name one with -o FILE
refusal-not-ours = it exists and is not a .{ $extension } file that xunzhang wrote; give another name, or replace it with --overwrite
refusal-index = { $dir } holds an index; write to another folder
refusal-no-folder = there is no folder { $folder }; make it first
refusal-extension = expected an extension of { $known }
refusal = cannot write { $path }: { $why }
refusal-folder = it is a folder; name a file in it
refusal-not-a-file = it is no ordinary file; leave out -o and use --format to write to standard output
refusal-dangling = it is a link to nothing; remove the link first
refusal-protected = it is write-protected; give another name, or change its permissions
refusal-input = this command reads it; give another name
refusal-source = the index was built from it; give another name
refusal-twice = another output of this command goes there too; give another name
refusal-edited = xunzhang wrote it, but it was changed since; give another name, or replace it with --overwrite
refusal-changed = it changed while the command ran; look at it and run the command again
refusal-denied = its folder may not be written to; use another one, or change its permissions
refusal-held = another program has it open, or its folder may not be written to; close it there, or use another name or folder
refusal-read-only = its file system is read-only; use another folder
refusal-disk-full = the disk is full; make room or use another one
refusal-too-large = it is larger than the system allows; use another disk, or raise the limit
refusal-name = its name is too long or not possible

## Errors

input-unreadable = standard input cannot be read
program-failed = the program failed and stopped; the last commit of the index is kept, `xunzhang verify` checks whether it is whole
error-cause = :{" "}
error-no-file = there is no file `{ $name }`
error-no-record = { $file } has no record `{ $key }`; `xunzhang outline { $file }` shows all
error-index-damaged = the index is damaged; build it anew with `xunzhang index --rebuild FOLDER`
error-line = line { $line }: { $problem }
error-no-index = no index in { $dir }; build one with `xunzhang index FOLDER`
error-not-an-index = { $dir } holds files that are no xunzhang index; name another folder with --index
error-foreign-file = { $dir } holds { $file }, which is no part of an index; move it away, or name another folder with --index
error-unfinished = no index in { $dir }: its first build was not finished; run `xunzhang index FOLDER` again
error-damaged = the index in { $dir } is damaged: { $file } is not as it was written; build it anew with `xunzhang index --rebuild`
error-other-format = the index in { $dir } has format { $found }, this version reads format { $expected }; build it anew with `xunzhang index --rebuild FOLDER`
error-locked = another process is writing to the index in { $dir }; try again when it is done
error-index-held = the index in { $dir } cannot be read or written: another program holds one of its files, or their permissions forbid it; try again in a moment, change the permissions, or name another folder with --index
error-denied = the index in { $dir } may not be read or written; change the permissions of its folder and files, or name another folder with --index
error-too-many-files = too many files are open to use the index in { $dir }; raise the limit, as with `ulimit -n 4096`, then run it again
error-unwritten = the index in { $dir } could not be written, it stays as it was; see that the disk has room, the folder may be written and enough files may be open (`ulimit -n`), then run it again
error-engine = the index in { $dir } cannot be used; if it is damaged, build it anew with `xunzhang index --rebuild FOLDER`
error-other-dictionary = the index was built with another dictionary; add --rebuild to build it anew with this one
error-cancelled = cancelled; an index that was being updated is as it was
error-unreadable = { $path } cannot be read
error-unwritable = { $path } cannot be written
error-unwatchable = { $path } cannot be watched
error-glob = `{ $pattern }` is no path pattern: { $reason }
error-exclude-bound = the pattern to exclude is not valid: { $reason }
error-exclude = the pattern to exclude is not valid: error parsing glob '{ $pattern }': { $reason }
error-missing-root = there is no { $path }; check the path, or add --prune if it is gone for good
error-too-expensive = { $phrase } costs too much on this index; use fewer gaps and fewer alternatives, or rarer words
error-no-document = no document `{ $id }` in the index; `xunzhang docs` lists them
error-ambiguous = `{ $name }` may be any of { $n } documents: { $named }; name one of them
error-ambiguous-many = `{ $name }` may be any of { $n } documents: { $named }, …; name one of them
error-no-units = there is nothing to look for: the text holds no letter, digit or Han character
error-no-slot = the pattern `{ $pattern }` has no gap; put `*` where the wording varies, as in `坚持以*为指导`
error-too-short = the document is too short to compare: no passage has { $n } characters or words in a row
error-sentences = the wording has { $n } sentences; look for one of them
error-text-too-long = the text has { $n_chars } characters, the limit is { $limit }; look for parts of it
error-synonyms = the synonyms { $path } have no rule where one was expected
error-synonyms-line = line { $line }: expected `a = b` or `a => b`, found `{ $text }`
error-synonyms-words = line { $line }: over { $most } words on one line; make several of it
error-dictionary = the dictionary { $path } has no entry where one was expected
error-dictionary-line = line { $line }: expected `word [frequency] [tag]`, found `{ $text }`
error-keywords = cannot count this in { $path }
error-keywords-typed = cannot count this
error-no-keywords = no keywords; expected one a line, as in `组名：词1 | 词2` in { $path }
error-no-keywords-typed = no keywords; expected one a line, as in `组名：词1 | 词2`
error-too-many-keywords = { $n } keywords; a report counts at most 10,000, so split the list
error-thread = a writing thread cannot go on
error-of-engine = { $said }
error-other = { $said }
error-no-workbook = { $path } cannot be read: it is no Excel workbook; save the list as .xlsx, .csv or plain text
error-archive = the archive cannot be made
error-document = the document cannot be made
error-workbook = the workbook cannot be made

## What is wrong with a query

query-empty = nothing to look for; expected a word or a phrase
query-unclosed-quote = expected a closing quotation mark
query-unclosed-bracket = expected a closing bracket
query-no-operand = expected a word or a phrase after this
query-no-left-operand = expected a word or a phrase before this
query-not-nearable = NEAR takes words and phrases without gaps or alternatives
query-choice = one wording at a time here; leave out the alternatives
query-nested-choice = alternatives inside alternatives; write them side by side, as in “(甲|乙|丙)”
query-too-many-choices = the alternatives of a phrase make at most 64 wordings
query-no-distance = expected a distance up to 100 after NEAR/, as in 招商 NEAR/10 就业
query-no-weight = expected a number after ^, as in 词^2
query-weight-out-of-range = expected a weight from 0.01 to 100
query-open-gap = a gap needs words on both sides, as in "坚持以*为指导"
query-bad-range = expected a range, as in *{"{2,8}"}
query-too-many-gaps = a phrase has at most 32 gaps
query-too-far = a gap or distance is at most 100 units
query-no-value = expected a value after the field, as in kind:总结
query-bad-role = expected a role: 基本情况 (overview), 做法 (measures), 成效 (results), 体会 (lessons), 问题 (problems), 打算 (plans), 建议 (proposals)
query-bad-year = expected a year or a range of years, as in year:2005..2010
query-too-deep = at most 32 brackets inside each other
query-too-many = at most 1,000 words and phrases
query-too-long = at most 10,000 characters

## What is wrong with a pattern of paths

glob-too-long = at most 1,000 characters
glob-unclosed-class = unclosed character class; missing ']'
glob-range = invalid range; '{ $first }' > '{ $last }'
glob-unopened-brace = unopened alternate group; missing '{"{"}' (maybe escape '{"}"}' with '[{"}"}]'?)
glob-unclosed-brace = unclosed alternate group; missing '{"}"}' (maybe escape '{"{"}' with '[{"{"}]'?)
glob-escape = dangling '\'
glob-unreadable = not a pattern that can be read
glob-too-deep = at most 10 braces inside each other

## Why a file gives no document

skip-pages = has { $n } pages without text, only pictures; `index --ocr` recognizes their text
skip-loop = is a link that leads back to { $above }
skip-dangling = is a link to nothing
skip-emptied = has no files any more; what it gave stays in the index until `--prune` removes it
skip-denied = may not be read; change its permissions to include it
skip-unreadable = cannot be read: { $reason }
skip-not-a-file = is not a file
skip-binary = is not text in any encoding that is known here
skip-empty = no text in it
skip-own-output = was written by xunzhang itself
skip-crashed = the reader failed on it; please report this
skip-too-large = is too large: { $size } bytes, the limit is { $limit }; split it
skip-too-slow = takes more than { $seconds } s to read; save it anew in its own program, or split it
skip-too-hungry = needs more than { $megabytes } MB of memory to read; save it anew in its own program, or split it
skip-too-much-text = holds more text than one document may, { $megabytes } MB with 160 bytes for each line; split it, or index it with more --memory
skip-long-record = has a record of over { $megabytes } MB at line { $line }; close its quotation mark, split it, or index it with more --memory
skip-encrypted = needs a password; save it without one to include it
skip-expands = unpacks to more than { $limit } bytes; split it
skip-only-pictures = has no text, only pictures on { $pages } pages; `index --ocr` recognizes their text
skip-unsupported = is { $what }, which this version does not read; save it as plain text to include it
skip-picture = is { $what }, a picture without text; `index --ocr` recognizes its text
skip-packed = is { $what }, which is not unpacked here; unpack it into a folder, or pack it as .zip
skip-too-old = is { $what }, which is too old to be read; open it in its own program, WPS Office or LibreOffice and save it as { $ending }
skip-protected = is protected by { $by }; save it without protection where it can be opened
skip-damaged = is a damaged { $what }: { $reason }

## What files are

what-text = a plain text
what-markdown = a Markdown text
what-json-lines = a JSON Lines file
what-csv-table = a CSV table
what-tsv-table = a table of tab-separated values
what-workbook = a workbook
what-word = a Word document (.docx)
what-word-xml = a Word XML document
what-word-97 = a Word 97 or WPS document (.doc, .wps)
what-pdf = a PDF document
what-ofd = an OFD document
what-rtf = an RTF document
what-open-text = an OpenDocument text
what-power-point = a PowerPoint presentation (.pptx)
what-power-point-97 = a PowerPoint 97 presentation (.ppt)
what-open-presentation = an OpenDocument presentation
what-epub = an EPUB book
what-html = an HTML page
what-mail = a mail or web archive (.eml, .msg, .mbox, .mht)
what-zip-archive = a ZIP archive
what-encrypted-file = an encrypted file
what-png-image = a PNG image
what-jpeg-image = a JPEG image
what-gif-image = a GIF image
what-tiff-image = a TIFF image
what-jpeg-2000-image = a JPEG 2000 image
what-djvu-scan = a DjVu scan
what-photoshop-image = a Photoshop image
what-heif-image = a HEIF image
what-webp-image = a WebP image
what-bmp-image = a BMP image
what-rar-archive = a RAR archive
what-seven-zip-archive = a 7z archive
what-gzip-archive = a gzip archive
what-bzip2-archive = a bzip2 archive
what-xz-archive = an xz archive
what-zstd-archive = a zstd archive
what-cab-archive = a CAB archive
what-arj-archive = an ARJ archive
what-tar-archive = a tar archive
what-word-2 = a Word 2 document
what-word-for-dos = a Word for DOS or Write document
what-word-of-the-eighties = a Word document of the eighties
what-word-6 = a Word 6 or Word 95 document
what-word-perfect = a WordPerfect document
what-works = a Works document
what-works-spreadsheet = a Works spreadsheet
what-lotus-123 = a Lotus 1-2-3 spreadsheet
what-excel-2 = an Excel 2 workbook
what-excel-3 = an Excel 3 workbook
what-excel-4 = an Excel 4 workbook
what-excel-5 = an Excel 5 workbook
what-power-point-4 = a PowerPoint 4 presentation
what-power-point-95 = a PowerPoint 95 presentation
what-film = a film
what-sound = a sound file
what-cnki-document = a CNKI document (.caj, .nh, .kdh)
what-sqlite-database = an SQLite database
what-access-database = an Access database
what-program = a program
what-outlook-mailbox = an Outlook mailbox (.pst)
what-i-work = a Pages, Numbers or Keynote document
what-open-drawing = an OpenDocument drawing
what-office-97 = an Office 97 document
what-xml = an XML file
what-json = a JSON file that is not JSON Lines
what-source-code = a program or its settings
what-nested-archive = an archive in many archives
what-nested-mail = a mail in many mails
what-packed-mail-text = text that Outlook packed
what-managed-pdf = a PDF document under digital rights management (DRM)

## Formats of damaged files

damaged-word = Word document
damaged-word-97 = Word 97 document
damaged-epub = EPUB book
damaged-open-presentation = OpenDocument presentation
damaged-power-point-97 = PowerPoint 97 presentation
damaged-power-point = PowerPoint presentation
damaged-outlook-message = Outlook message
damaged-mail = mail
damaged-workbook = workbook
damaged-open-text = OpenDocument text
damaged-ofd = OFD document
damaged-pdf = PDF document
damaged-rtf = RTF document
damaged-table = table
damaged-json-lines = file of JSON Lines
damaged-archived-file = file in the archive

## What is wrong with damaged files

damage-text-missing = its text is missing
damage-text-lost = its text cannot be found
damage-text-unreadable = none of its text can be read
damage-no-slide = no slide can be read
damage-no-chapter = no chapter can be read
damage-no-page = it has no pages that can be read
damage-encryption = its encryption cannot be undone
damage-nameless-fonts = its fonts do not name the characters they show; `index --ocr` recognizes them
damage-not-unpacked = its data cannot be unpacked
damage-parts-lost = its parts cannot be found
damage-parts-misfit = its parts do not fit together
damage-no-object = no line of it is a JSON object
damage-too-many-columns = it has more columns than any table
damage-bad-rows = its rows cannot be separated
damage-not-a-workbook = it cannot be read as a workbook

## What protects files

protection-drm = digital rights management (DRM)
protection-irm = rights management (IRM)
protection-mip = Microsoft Information Protection
protection-office = the encryption of its office

## Why a line is no part of a report

boilerplate-contents = contents
boilerplate-running-head = running heads
boilerplate-page-number = page numbers
boilerplate-metadata = metadata
boilerplate-frame = page frame
boilerplate-repeated-title = repeated title
boilerplate-repeated-text = repeated text
boilerplate-hidden = hidden text
boilerplate-symbols = symbols

## What the system says: $kind is the sort of error; $said its own words, in Chinese its number

system =
    { $kind ->
       *[other] { $said }
    }

## What is wrong with the value of an argument

value-whole-number = expected a whole number
value-number = expected a number
value-out-of-range = { $value } is not in { $least }..={ $most }
value-not-positive = expected a number of at least 1
value-share = expected a number from 0 to 1, as in 0.7
value-size = expected a size, as in 200, 200MB or 1G
value-years = expected a year or years, as in 2009, 2005..2010 or 2018,2026
value-collection = expected PATH or NAME=PATH, a name of at most 100 characters without / or #
value-date = expected a date, as in 2010, 2010-06 or 2010-06-15
value-years-reversed = the first year comes after the last
value-section = expected some text of a heading
value-role = expected one of 基本情况, 做法, 成效, 体会, 问题, 打算, 建议 (overview, measures, results, lessons, problems, plans, proposals)
value-restriction = expected collection:, kind:, issuer:, year:, path: or role: and a value, found `{ $text }`
value-restriction-name = expected collection:, kind:, issuer:, year:, path: or role:, found `{ $name }:`
value-restriction-years = expected a year or years, as in year:2005..2010

## Tables, reports and trends

table-group = Group
table-entry = Entry
table-occurrences = Occurrences
table-passages = Passages
table-documents = Documents
table-share = Share of documents
table-per-10k = Per 10,000 characters
table-first = First
table-last = Last
table-first-remark = First use
report-first-remark = { $entry }: { $remark }
report-more-remarks = and { $n } more such dates; a workbook, a page or CSV (-o) has all of them
table-distinct = Distinct wordings
table-negated = Negated
table-prohibited = Prohibited
table-document = Document
table-title = Title
table-date = Date
table-kind = Kind
table-characters = Characters
table-total = Total
table-section = Section
table-passage = Passage
table-line = Line
table-left = Before
table-hit = Hit
table-right = After
table-undated = undated
value-no = none
value-yes = yes
value-not = no
report-all-documents = (documents)
report-all-characters = (characters)
sheet-summary = Summary
sheet-by-document = By document
sheet-by-year = By year
sheet-by-kind = By kind
sheet-by-section = By section
sheet-rates-by-year = By year per 10,000
sheet-by-collection = By collection
sheet-by-issuer = By issuer
sheet-by-folder = By folder
sheet-together = Co-occurrence
sheet-excerpts = Excerpts
sheet-charts = Charts
sheet-about = About
about-tool = Tool
about-fingerprint = Index fingerprint
about-first = First document
about-last = Last document
about-undated = Undated documents
about-filter = Filter
about-entries = Entries
about-rule = Rule
about-note = Note

evidence-gone = { $n ->
    [one] 1 file is no longer there: it has no sum
   *[other] { $n } files are no longer there: they have no sums
}
evidence-changed = { $n ->
    [one] 1 file has another time or size than when it was indexed: to be sure that the texts are its, run `xunzhang index` first
   *[other] { $n } files have another time or size than when they were indexed: to be sure that the texts are theirs, run `xunzhang index` first
}
evidence-fields = { $n ->
    [one] 1 entry names a field, such as kind: or year:, or is too branched: its numbers can't be counted again from the texts alone. A filter can: --kind, --year
   *[other] { $n } entries name fields, such as kind: or year:, or are too branched: their numbers can't be counted again from the texts alone. Filters can: --kind, --year
}
evidence-readme = The numbers of { $n_entries ->
        [one] 1 entry
       *[other] { $n_entries } entries
    } in { $n_documents ->
        [one] 1 document
       *[other] { $n_documents } documents
    }, and what it takes to count them again.

    { $tool }; fingerprint of the index { $fingerprint }; filter: { $filter }

    numbers.csv      each number: of which entry, by what, what is counted
    occurrences.csv  each occurrence: passage, first character and the one after the last, what the text says of it, its place
    documents.csv    each document: its file, SHA-256 of it, and what numbers are broken down by
    passages.jsonl   each passage that was counted, whole, whether it holds anything or not
    rule.json        the entries as data, and the tables of the rule
    check.py         counts all of it again: python3 check.py [FOLDER OF THE FILES]

    To look one number up: the rows of occurrences.csv with its entry, and in passages.jsonl the passage of each.

    { $rules }

    A character is compared as rule.json has it (characters), else as Unicode has it (NFKC, lower case); where what stands around it
    decides, the passage says so (exceptions: from, to, read as): words of traditional script, circles in numerals, letters with
    the marks on them, blanks between the characters of a recognized page. denied and forbidden are counted as occurrences.csv has them.
table-item = Item
table-value = Value
rule-counts = Exact counts by units: both sides are normalized (width, case, script, zero-width characters); each Han character is a unit, each run of letters and digits is one; white space and punctuation inside a sentence are ignored, a sentence end (。！？) stops a match. No segmentation is involved; a scan of every passage gives the same numbers.
rule-overlaps = Of overlapping places of different alternatives of one entry the longest counts once, of equal ones the first; every start of one and the same alternative counts.
rule-passages = A passage is a paragraph (one of over 1,000 characters is cut at sentence ends); titles and headings on lines of their own are passages too. Distinct wordings: passages of the same normalized text are one. Co-occurrence: passages that hold both entries.
rule-rates = Per 10,000 characters: occurrences by the characters of all passages under the filter; under a section role (--role) these are the passages of that role alone. First and last are the dates of the texts that hold the word: of a revised statute its last revision, of a reprint its publication, so that the word may be older (marked ?). A year without documents is no zero: it is a dash or an empty cell, and a gap in charts.
rule-evidence = What is behind a number: `xunzhang concordance ENTRY` lists each occurrence under the same filter; `xunzhang evidence ENTRY -o x.zip` packs all of them with every passage that was counted and a program that counts again.
rule-negation = Negated: the hit lies in the reach of a word that denies: { $denying }; { $prefix } denies only the word that follows it at once. The reach ends with the clause (bounded by ，；： and sentence ends), at a blank, at a closing bracket or quotation mark that was opened before it, at a conjunction such as 而 or 但, at the 的 of a description (不合格的水渠), and after the permit that is missing (未经……批准). Double negations, questions such as 能不能 and these fixed words do not count: { $fixed }
report-split = line { $line }: “{ $text }” is counted as { $n } entries; put a phrase between quotation marks
report-together = line { $line }: the words of “{ $text }” are counted as one entry; put each on a line of its own to count them apart
report-sheets = words of several sheets are counted, grouped by sheet: { $names }
report-no-list = there is no file { $path }: it is counted as a word
report-unread = sheets of the list that hold sentences or cannot be read are not counted: { $names }
table-left-out = This table has { $columns } columns, more than { $most }, and is left out here; it is in the workbook (-o FILE.xlsx) as “{ $name }”, and in JSON.
chart-grey = grey: no documents
chart-cut = The charts have the { $shown } most frequent of { $n } entries that occur; the others are in the tables by year.
report-named = { $entry }: { $n } ({ $rate } per 10,000 characters)
report-answer = Of { $n } entries the most frequent are { $named }; { $n_absent } do not occur.
report-nothing = None of { $n } entries occurs.
report-in = In { $documents }, { $characters } characters; filter: { $filter }.
rule-prohibition = Prohibited: as negated, counted apart from it, after a word that forbids or wards off: { $forbidding }
report-repeated = line { $line }: `{ $text }` is on line { $first } already and is counted once
report-unpaired = over { $most } entries: co-occurrence is not counted
report-pairs-cut = the table of co-occurrence shows the { $most } most frequent entries; JSON has all
filter-collection = collection
filter-issuer = issuer
filter-dates = date
filter-kind = kind
filter-year = year
filter-path = path
filter-section = section
filter-role = role
filter-within = in
filter-body = body
filter-headings = headings
filter-without-ocr = without OCR
filter-none = none (all documents)
filter-separator = ;{" "}
trend-rule = Periods of under 10,000 characters are thin: they are marked * and do not count for the trend. Of the others the latest three are compared with the three before (of decades one against one): rising is at least 1.5 times as often for 10,000 characters and at least 5 times, falling at most two thirds as often; retired words do not occur in the latest, new ones only there.
trend-rates = Per 10,000 characters: occurrences by the characters of all passages of the period under the filter; under a section role (--role) these are the passages of that role alone.
course-absent = absent
course-unknown = too few periods
course-retired = retired
course-new = new
course-rising = rising
course-falling = falling
course-steady = steady
trend-gaps = A period without documents is no zero: it is a dash in tables, and a gap on grey in charts.
trend-first-rule = First seen is the date of the text that holds the word: of a revised statute the day of its last revision, as the revised text is in the index; of a reprint on a site the day of its publication. Both are marked ?, and so is a date that only the name of the file states.
trend-peak-rate = { $period } ({ $rate } per 10,000)
trend-first-in = first in { $title } ({ $document })
trend-certain = first with a certain date: { $date } { $title } ({ $document })
trend-doubt-revised = ? The statute was first adopted { $adopted } and last revised { $date }; the indexed text is the revised one, and the word may be older.
trend-doubt-reprint = ? { $date } is more than a year after the year in the title: it may be a reprint, and the word may be older.
trend-doubt-file-name = ? Only the name of the file states { $date }; the text has no date.
trend-no-documents = – (no documents)
trend-list = ,{" "}
trend-chart-title = { $words }: { $what }
chart-cut-order = The chart has the first { $shown } words of { $n }; the others are in the table.
trend-undated = Documents whose date has a year only belong to no month: their characters are in no denominator and their occurrences are undated. They and those without a date are { $undated }.
trend-chart-rates = per 10,000 characters of the period
trend-chart-counts = occurrences
trend-title = Trend: { $words }
trend-word = Word
trend-peak = Peak
trend-column-course = Course
trend-period = Period
trend-thin = Thin
trend-per-10k = { $word } per 10,000
report-title = Keyword report
report-chart-counts = Occurrences by year
report-chart-rates = Per 10,000 characters of the year
column-context = In context
table-cut = ({ $rows } lines, { $columns } columns; all of them are in the workbook and in JSON)
table-cut-rows = { $rows } lines, the first { $shown } of them shown; all of them are in the workbook and in JSON.

## concordance

concordance-total = { $places } in { $documents } of { $all }, dispersion DP { $dispersion }
concordance-shown = ; { $n } lines shown
concordance-sheet = Concordance
concordance-groups = Frequencies
concordance-group = Group
concordance-title = Concordance: { $query }
table-issuer = Issuer
table-collection = Collection
table-place = Place
value-group = expected left:N, right:N, hit, year, issuer or collection
value-group-units = expected 1 to 20 units beside the hit, as in left:2

## search, into files

search-rank = Rank
table-copies = Copies
table-text = Text
search-sheet = Hits
search-title = Search: { $query }
search-in-file = ; { $n } in this file
search-file-only = xlsx, html, docx and md are for the hits of one query; not with --count or --queries
search-total-exact = { $any } of { $documents } as written; with those that share parts: { $sharing }
search-total-every = every word as written: { $every }; any of them: { $sharing }
search-total-both = every word as written: { $every }; any of them: { $any } of { $documents }; with those that share parts: { $sharing }

## open

open-gone = { $path } is no longer there
open-editor = { $editor } cannot open it
open-failed = { $path } cannot be opened; without a desktop, set VISUAL or EDITOR
open-opened = opened { $path }

## Saved defaults

defaults-at = { $path }, line { $line }: { $why }
defaults-in = { $path }: { $why }
defaults-syntax = this is not TOML: { $said }; lines look like year = "2018..2026" below [filter.NAME]
defaults-bare-name = put names that are not in ASCII between quotation marks, as in [filter."近年问题"]
defaults-unknown-key = unknown key `{ $key }`; write one of { $known }
defaults-one-text = `{ $key }` takes one text between quotation marks
defaults-texts = `{ $key }` takes a text between quotation marks, or several in brackets, as in ["甲", "乙"]
defaults-no-table = `{ $key }` is a table; write [filter.NAME] or [check] on a line of its own
defaults-bad-value = `{ $key }` cannot be `{ $value }`: { $reason }
defaults-index-in-itself = `index` cannot be set in the folder of an index; set it in a file for --config
defaults-no-filters = no filter `{ $name }`; add a table [filter."{ $name }"] to this file, or name another file by --config
defaults-no-filter = no filter `{ $name }`; there are { $known }
defaults-not-taken = the filter `{ $name }` sets { $flag }, which `{ $command }` does not take; use another filter, or the flags themselves

## Filter values that no document has

unmatched = nothing has { $filter }
unmatched-like = nothing has { $filter }; nearest: { $values }
unmatched-all = nothing has { $filter }; there are: { $values }

## Requests of other programs

remote-file = a request has no file system: { $name } is no document of the index
remote-no-body = the request has no body; send the text with POST
