# Words of `mcp`, which an assistant reads.

mcp-title = 寻章 Xunzhang: Chinese official reports
mcp-instructions = Search, precedent wording and exact counts in a collection of Chinese official reports (总结, 工作报告, 讲话, 方案, 通知). Query in Chinese. Words are ranked; "quoted phrases" match exactly by characters; ＊ is a gap; AND OR NOT NEAR/n, 甲|乙 are alternatives. Every passage has a place DOCUMENT:LINE: cite title, date and place, and give the place to `read` for more. Quote only what a tool returned; counts are exact, ranked totals are not. If `next` is not null, call again with it.
mcp-ready = ready for clients at { $url } (Ctrl-C ends the server)
mcp-terminal = waiting for an assistant, which starts this command by itself: docs/mcp.md has the lines for its settings (Ctrl-C ends it)
mcp-needs-http = --host and --token-file are for --http: without it there is no server to reach
mcp-same-name = two indexes are called { $name }; give names, as in 法规=/data/laws/index
mcp-cancelled = cancelled

## Tools

mcp-tool-search = Ranked passages that match, best first, with title, date, issuer, headings, place.
mcp-tool-read = The text at a place (DOCUMENT:LINE) with passages around it, or a whole document by its id.
mcp-tool-outline = Headings of a document, with lines for `read`.
mcp-tool-precedent = How other reports have put a sentence: variants by similarity, with counts, first and last use, sources.
mcp-tool-frame = What fills the gap of a pattern, with counts and years.
mcp-tool-count = Exact counts of words or phrases, by year, with rates per 10,000 characters.
mcp-tool-concordance = Every occurrence in its context, one a line.
mcp-tool-check = Look up every sentence of a draft: verbatim, near, loose or new, with sources; and hold its quotations, titles, articles, document numbers and figures against them. Takes seconds.
mcp-tool-compare = Two reports, sentence by sentence: changed, moved, dropped, new.
mcp-tool-documents = List or find documents: ids, titles, dates.
mcp-about-query = 招商引资 就业 | "坚持以＊为指导" | 甲 AND NOT 乙
mcp-about-year = 2016 or 2010..2015
mcp-about-kind = 文种: 总结, 通知
mcp-about-section = text of a heading
mcp-about-place = DOCUMENT:LINE or document id
mcp-about-pattern = 坚持以＊为指导
mcp-about-words = queries, each counted
mcp-about-draft = the draft, a paragraph a line
mcp-about-old = document id of the older report
mcp-about-exclude = document ids to leave out

## Answers

mcp-undated = no date
mcp-document = { $title } ({ $about })
mcp-place = 【{ $place }】
mcp-copies = and { $copies } copies
mcp-past-end = There are no more entries.
mcp-no-changes = No sentence was changed, moved, dropped or added.
mcp-nothing = Nothing found. Try fewer words, other words, or without filters.
mcp-next = There is more: call { $tool } again with offset={ $offset }.
mcp-shortened = Cut to the size of an answer; a larger max_chars shows more.
mcp-search-head = { $query }: { $passages } passages in { $documents } documents are ranked; exactly as written: { $occurrences } occurrences in { $exact_passages } passages of { $exact_documents } documents.
mcp-concordance-head = { $query }: { $occurrences ->
        [one] 1 occurrence
       *[other] { $occurrences } occurrences
    } in { $documents ->
        [one] 1 document
       *[other] { $documents } documents
    }.
mcp-documents-head = { $total } documents:
mcp-count-head = Exact counts, with rates per 10,000 characters of each year:
mcp-count = { $query }: { $occurrences ->
        [one] 1 occurrence
       *[other] { $occurrences } occurrences
    } in { $passages } passages of { $documents ->
        [one] 1 document
       *[other] { $documents } documents
    }
mcp-count-year = { $year }: { $n } ({ $rate })
mcp-count-undated = without a date: { $undated }
mcp-precedent-head = Wordings like “{ $text }”:
mcp-variant = [{ $ord }] “{ $text }” similarity { $similarity }, { $occurrences ->
        [one] 1 occurrence
       *[other] { $occurrences } occurrences
    } in { $documents ->
        [one] 1 document
       *[other] { $documents } documents
    }, { $years }
mcp-check-document = - { $reused } of them also in { $document }
mcp-compare-head = { $old } → { $new }: { $kept } sentences kept, { $changed } changed, { $moved } moved, { $dropped } dropped, { $added } new.
mcp-frame-head = { $pattern }: { $matches } occurrences in { $documents } documents. What fills the gap:
mcp-row = [{ $ord }] { $fillers }: { $occurrences ->
        [one] 1 occurrence
       *[other] { $occurrences } occurrences
    } in { $documents ->
        [one] 1 document
       *[other] { $documents } documents
    }, { $years }: “{ $example }”
mcp-check-head = { $characters } characters, { $reused } of them ({ $share } %) are in the collection already. Sentences: { $verbatim } verbatim, { $near } near, { $loose } loose, { $none } without precedent.

## Errors

mcp-no-tool = no tool { $name }; there are { $known }
mcp-no-index = there is no index of that name
mcp-no-prompt = no prompt { $name }
mcp-no-address = not an address of a document: xunzhang://doc/ID, the id percent-encoded; resources/list has all of them
mcp-bad-cursor = not a cursor that was given out; begin without one
mcp-bad-unknown = there is no parameter { $name }; there are { $known }
mcp-bad-missing = { $name } is needed: a text that is not empty
mcp-bad-text = { $name } must be a text
mcp-bad-texts = { $name } must be a list of texts
mcp-bad-whole = { $name } must be a whole number from { $least } to { $most }
mcp-bad-share = { $name } must be a number from 0 to 1
mcp-bad-choice = { $name } must be one of { $values }
mcp-try-documents = `list_documents` finds ids by title; `search` gives places.

## Resources and prompts

mcp-resource = The text of a document, a passage a line
mcp-resource-cut = … The document goes on: call the tool `read` with place={ $id } and offset={ $offset }.
mcp-prompt-precedent = How other reports have put a sentence, with sources
mcp-prompt-wording = the sentence, or what it should say
mcp-prompt-citations = Verify the quotations and titles of a draft
mcp-prompt-draft = the draft
mcp-prompt-precedent-text = Find precedents for this wording in the collection: “{ $wording }”. Call `precedent` with it; if there are few, call `frame` with the changeable part as ＊, and `search` with its main words. Then give a table: variant, how often, first and last use, one source with title, date and place. Say which variant is the usual one today, and what changed over the years. Quote nothing that a tool did not return.
mcp-prompt-citations-text = Verify this draft against the collection. List each quotation in quotation marks, each title in 《》 and each sentence that is attributed to a document. Look each up with `search` as a "quoted phrase", and where nothing is found with `precedent`. Then give a table: what the draft says, what the source says, verbatim / altered / not found, and the source's title, date and place. The draft: { $draft }
