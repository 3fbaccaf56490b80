//! Which source a draft names for each of its citations.
//!
//! A citation is from the title, report or article before it in its sentence, a quotation with a bracket after it from what that
//! bracket names, else from the first one after it in its sentence. 该条例第三条 and 第三条 alone are of the last title of
//! that kind before them, and 以下简称《条例》 gives a title another name.

use std::collections::BTreeMap;

use super::article::MIN_PARAPHRASE;
use super::editions::Editions;
use super::mention::{Claim, Mention, Mentioned};
use super::title_words::statute_word;
use crate::precedent::error::Result;
use crate::text::units::Units;

/// What a report that is named without brackets is called.
const REPORT: &str = "政府工作报告";
/// Words before a law that was named earlier.
const THIS: [&str; 6] = ["本", "该", "此", "同", "上述", "前述"];
/// Words just before a quotation that say whose it is.
const SAYS: [&str; 17] = [
    "规定",
    "指出",
    "提出",
    "强调",
    "明确",
    "要求",
    "载明",
    "写道",
    "写明",
    "表述",
    "表述为",
    "部署",
    "称",
    "说",
    "中的",
    "关于",
    "所称",
];
/// The same just after it.
const SAID: [&str; 9] = [
    "的规定",
    "的要求",
    "的表述",
    "的提法",
    "的精神",
    "的部署",
    "的原则",
    "的目标",
    "等规定",
];
/// Words that give a title a shorter name.
const CALLED: [&str; 3] = ["以下简称", "下称", "以下称"];
/// Passages back to which 第三条 alone may be of a law.
const BACK: usize = 1;

/// What belongs to a mention.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Tie {
    /// The source that the draft names; of a title itself.
    pub(super) claim: Option<Claim>,
    /// Whether the draft says that the citation is from there, not only names it beside.
    pub(super) is_attributed: bool,
    /// Of a quotation the article that it is from, of an article the quotation from it, as ordinals of mentions.
    pub(super) other: Option<usize>,
    /// Of an article the rest of its sentence, as far as the next citation.
    pub(super) rest: String,
    /// No citation: another name of a title, or an article of the draft itself.
    pub(super) is_skipped: bool,
}

/// The ties of all mentions of a draft; `texts` are its passages, `title` its own title.
pub(super) fn ties(
    mentions: &[Mention],
    texts: &[Vec<char>],
    title: &str,
    editions: &Editions<'_>,
) -> Result<Vec<Tie>> {
    let mut reading = Reading {
        mentions,
        texts,
        title,
        out: vec![Tie::default(); mentions.len()],
        names: BTreeMap::new(),
    };
    for (ord, mention) in mentions.iter().enumerate() {
        match &mention.item {
            Mentioned::Title { year } => reading.title(ord, *year),
            Mentioned::Report { year } => {
                reading.out[ord].claim = Some(Claim {
                    title: REPORT.to_owned(),
                    year: Some(*year),
                });
                reading.out[ord].is_skipped = true;
            }
            Mentioned::Article { before, .. } => reading.article(ord, before, editions)?,
            Mentioned::Quotation => reading.name(ord),
            Mentioned::Number | Mentioned::Figure { .. } => {}
        }
    }
    for (ord, mention) in mentions.iter().enumerate() {
        match &mention.item {
            Mentioned::Quotation => reading.quotation(ord),
            Mentioned::Figure { .. } => reading.figure(ord),
            Mentioned::Number => reading.number(ord),
            Mentioned::Title { .. } | Mentioned::Report { .. } | Mentioned::Article { .. } => {}
        }
    }
    for (ord, mention) in mentions.iter().enumerate() {
        if matches!(mention.item, Mentioned::Article { .. }) {
            reading.out[ord].rest = reading.rest(ord);
        }
    }
    Ok(reading.out)
}

struct Reading<'a> {
    mentions: &'a [Mention],
    texts: &'a [Vec<char>],
    title: &'a str,
    out: Vec<Tie>,
    /// Shorter names of titles.
    names: BTreeMap<String, Claim>,
}

impl Reading<'_> {
    fn same_sentence(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.mentions[a], &self.mentions[b]);
        (a.passage, a.sentence) == (b.passage, b.sentence)
    }

    /// The text before a mention, up to `n` characters, without its own mark.
    fn before(&self, ord: usize, n: usize) -> String {
        let one = &self.mentions[ord];
        let end = one.span.start - usize::from(one.is_enclosed());
        self.texts[one.passage][end.saturating_sub(n)..end]
            .iter()
            .collect()
    }

    /// The text after a mention, up to `n` characters, without its own mark.
    fn after(&self, ord: usize, n: usize) -> String {
        let one = &self.mentions[ord];
        let text = &self.texts[one.passage];
        let start = (one.span.end + usize::from(one.is_enclosed())).min(text.len());
        text[start..(start + n).min(text.len())].iter().collect()
    }

    fn title(&mut self, ord: usize, year: Option<u16>) {
        let text = &self.mentions[ord].text;
        if let Some(claim) = self.names.get(text).cloned() {
            self.out[ord].claim = Some(claim);
            self.out[ord].is_skipped = true;
            return;
        }
        self.name(ord);
        if !self.out[ord].is_skipped {
            self.out[ord].claim = Some(Claim {
                title: text.clone(),
                year,
            });
        }
    }

    /// Takes a title or quotation as another name of the title before it, if the draft says so.
    fn name(&mut self, ord: usize) {
        let before = self.before(ord, 5);
        if !CALLED.iter().any(|word| before.ends_with(word)) {
            return;
        }
        let earlier = (0..ord)
            .rev()
            .take_while(|&earlier| self.same_sentence(earlier, ord));
        let named = earlier
            .filter(|&earlier| matches!(self.mentions[earlier].item, Mentioned::Title { .. }));
        if let Some(claim) = named
            .filter_map(|earlier| self.out[earlier].claim.clone())
            .next()
        {
            self.names
                .insert(self.mentions[ord].text.clone(), claim.clone());
            self.out[ord].claim = Some(claim);
            self.out[ord].is_skipped = true;
        }
    }

    fn article(&mut self, ord: usize, before: &str, editions: &Editions<'_>) -> Result<()> {
        if let Some(word) = statute_word(before) {
            let head = before.strip_suffix(word).unwrap_or_default();
            let this = THIS.iter().find(|this| head.ends_with(**this));
            if this == Some(&"本") && statute_word(self.title) == Some(word) {
                self.out[ord].is_skipped = true;
                return Ok(());
            }
            if this.is_some() {
                self.out[ord].claim = self.last_of(ord, Some(word), usize::MAX);
                return Ok(());
            }
            if let Some(title) = named_at_end(before, editions, &self.names)? {
                self.out[ord].claim = Some(title);
                return Ok(());
            }
        }
        let earlier = (0..ord)
            .rev()
            .take_while(|&earlier| self.same_sentence(earlier, ord));
        let claim = earlier
            .filter(|&earlier| self.mentions[earlier].is_anchor())
            .find_map(|earlier| self.out[earlier].claim.clone());
        self.out[ord].claim = claim.or_else(|| self.last_of(ord, None, BACK));
        Ok(())
    }

    /// The last law named before a mention, of a kind if one is given, in its own passage or at most `back` before.
    fn last_of(&self, ord: usize, word: Option<&str>, back: usize) -> Option<Claim> {
        let passage = self.mentions[ord].passage;
        let earlier = (0..ord)
            .rev()
            .take_while(|&earlier| passage - self.mentions[earlier].passage <= back);
        let claims = earlier
            .filter(|&earlier| self.mentions[earlier].is_anchor())
            .filter_map(|earlier| self.out[earlier].claim.clone());
        let is_kind = |claim: &Claim| match word {
            Some("法") => matches!(statute_word(&claim.title), Some("法" | "法典")),
            Some(word) => statute_word(&claim.title) == Some(word),
            None => statute_word(&claim.title).is_some(),
        };
        claims.into_iter().find(is_kind)
    }

    fn quotation(&mut self, ord: usize) {
        if self.out[ord].is_skipped {
            return;
        }
        let anchor = |at: &usize| self.mentions[*at].is_anchor() && self.out[*at].claim.is_some();
        let next = (ord + 1..self.mentions.len())
            .take_while(|&later| self.same_sentence(later, ord))
            .find(anchor);
        // “……”（《水渠办法》第三条）
        let in_bracket = next
            .filter(|_| self.after(ord, 1).starts_with(['（', '(']))
            .map(|next| {
                // Of a title and its article the article is nearer to the words.
                let article = next + 1;
                let is_article = self
                    .mentions
                    .get(article)
                    .is_some_and(|one| matches!(one.item, Mentioned::Article { .. }))
                    && self.same_sentence(next, article)
                    && self.mentions[article].span.start <= self.mentions[next].span.end + 2;
                if is_article { article } else { next }
            });
        let earlier = (0..ord)
            .rev()
            .take_while(|&earlier| self.same_sentence(earlier, ord))
            .find(anchor);
        let Some(source) = in_bracket.or(earlier).or(next) else {
            return;
        };
        let is_article = matches!(self.mentions[source].item, Mentioned::Article { .. });
        let before = self.before(ord, 12);
        let says = before.ends_with(['：', ':'])
            || SAYS.iter().any(|word| {
                before
                    .trim_end_matches(['，', ',', '：', ':'])
                    .ends_with(word)
            });
        let said = SAID.iter().any(|word| self.after(ord, 4).starts_with(word));
        let is_beside = earlier == Some(source)
            && self.mentions[ord].span.start <= self.mentions[source].span.end + 2;
        let claim = self.out[source].claim.clone();
        let tie = &mut self.out[ord];
        tie.is_attributed = in_bracket.is_some() || is_article || says || said || is_beside;
        tie.other = is_article.then_some(source);
        tie.claim = claim;
        if is_article && self.out[source].other.is_none() {
            self.out[source].other = Some(ord);
        }
    }

    fn figure(&mut self, ord: usize) {
        let anchor = |at: &usize| self.mentions[*at].is_anchor() && self.out[*at].claim.is_some();
        let earlier = (0..ord)
            .rev()
            .take_while(|&earlier| self.same_sentence(earlier, ord))
            .find(anchor);
        let later = (ord + 1..self.mentions.len())
            .take_while(|&later| self.same_sentence(later, ord))
            .find(anchor);
        self.out[ord].claim = earlier
            .or(later)
            .and_then(|source| self.out[source].claim.clone());
    }

    /// The title just before or after a number, with a bracket between them or nothing.
    fn number(&mut self, ord: usize) {
        let is_title = |at: &usize| matches!(self.mentions[*at].item, Mentioned::Title { .. });
        let earlier = ord.checked_sub(1).filter(is_title).filter(|&at| {
            let between = self.between(at, ord);
            self.same_sentence(at, ord) && matches!(between.as_str(), "" | "（" | "(")
        });
        let later = Some(ord + 1)
            .filter(|at| *at < self.mentions.len())
            .filter(is_title)
            .filter(|&at| {
                let between = self.between(ord, at);
                self.same_sentence(at, ord) && matches!(between.as_str(), "" | "文件")
            });
        self.out[ord].claim = earlier.or(later).and_then(|at| self.out[at].claim.clone());
    }

    /// The text between two mentions of a passage, without their marks.
    fn between(&self, a: usize, b: usize) -> String {
        let (a, b) = (&self.mentions[a], &self.mentions[b]);
        let text = &self.texts[b.passage];
        let start = (a.span.end + usize::from(a.is_enclosed())).min(text.len());
        let end = b.span.start - usize::from(b.is_enclosed());
        text[start..end.max(start)].iter().collect()
    }

    /// Whether an article is of 本法 or the like, which a law says of itself: what quotes the law goes on after it.
    fn is_own(&self, ord: usize) -> bool {
        let Mentioned::Article { before, .. } = &self.mentions[ord].item else {
            return false;
        };
        let head = statute_word(before).and_then(|word| before.strip_suffix(word));
        head.is_some_and(|head| head.ends_with('本'))
    }

    /// The words after an article, as far as the next title or article, or its sentence's end.
    fn rest(&self, ord: usize) -> String {
        let one = &self.mentions[ord];
        let text = &self.texts[one.passage];
        let next = (ord + 1..self.mentions.len())
            .take_while(|&later| self.same_sentence(later, ord))
            .find(|&later| self.mentions[later].is_anchor() && !self.is_own(later));
        let end = next.map_or(text.len(), |next| {
            self.mentions[next].span.start.saturating_sub(1)
        });
        let rest: String = text[one.span.end..end.max(one.span.end)].iter().collect();
        let stop = rest.find(['。', '！', '？', '\n']).unwrap_or(rest.len());
        let rest = rest[..stop]
            .trim_start_matches("的")
            .trim_start_matches("规定")
            .trim_start_matches("的");
        match Units::new(rest).len() < MIN_PARAPHRASE {
            true => String::new(),
            false => rest.to_owned(),
        }
    }
}

impl Mention {
    /// Whether other citations may be from it.
    fn is_anchor(&self) -> bool {
        matches!(
            self.item,
            Mentioned::Title { .. } | Mentioned::Report { .. } | Mentioned::Article { .. }
        )
    }

    fn is_enclosed(&self) -> bool {
        matches!(self.item, Mentioned::Title { .. } | Mentioned::Quotation)
    }
}

/// The law that a text ends in, named without brackets: another name that the draft gives, else the longest end of it that is a title
/// of the collection.
fn named_at_end(
    before: &str,
    editions: &Editions<'_>,
    names: &BTreeMap<String, Claim>,
) -> Result<Option<Claim>> {
    let named = names
        .iter()
        .find(|(name, _)| before.ends_with(name.as_str()));
    if let Some((_, claim)) = named {
        return Ok(Some(claim.clone()));
    }
    let title = editions.named_at_end(before)?;
    Ok(title.map(|title| Claim { title, year: None }))
}
