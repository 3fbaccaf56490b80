//! The passages of an index as plain rows of unit numbers, to count by brute force.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::random::Random;
use xunzhang::search::{DocumentFilter, Order, Searcher};
use xunzhang::text::pattern::Pattern;
use xunzhang::text::sentences::sentences;
use xunzhang::text::units::Units;

/// A number that no unit has: a sentence or passage ends here.
const END: u32 = u32::MAX;

pub(crate) struct Passage {
    pub(crate) document: usize,
    pub(crate) text: String,
}

/// Units of each gap's filler, with occurrences and documents.
pub(crate) type Fillers = BTreeMap<Vec<Vec<String>>, (u64, u64)>;

pub(crate) struct Sentence {
    pub(crate) text: String,
    pub(crate) units: Units,
}

pub(crate) struct Collection {
    pub(crate) passages: Vec<Passage>,
    /// Characters to damage sentences with, as frequent as they are in the text.
    pub(crate) alphabet: Vec<char>,
    /// All units of all passages, sentence ends between them.
    row: Vec<u32>,
    /// Where in `row` each passage starts.
    starts: Vec<usize>,
    ids: HashMap<String, u32>,
}

impl Collection {
    pub(crate) fn read(searcher: &Searcher<'_>) -> xunzhang::Result<Self> {
        let mut out = Self {
            passages: Vec::new(),
            alphabet: Vec::new(),
            row: Vec::new(),
            starts: Vec::new(),
            ids: HashMap::new(),
        };
        for (document, record) in searcher
            .documents(&DocumentFilter::default(), None, Order::Path)?
            .iter()
            .enumerate()
        {
            for passage in searcher.passages(&record.id, |_| true)? {
                out.add(document, passage.text);
            }
        }
        Ok(out)
    }

    fn add(&mut self, document: usize, text: String) {
        self.starts.push(self.row.len());
        let units = Units::new(&text);
        let mut sentence = 0;
        for (ord, unit) in units.items().iter().enumerate() {
            if unit.sentence != sentence {
                self.row.push(END);
                sentence = unit.sentence;
            }
            let next = self.ids.len() as u32;
            self.row
                .push(*self.ids.entry(units.text(ord).to_owned()).or_insert(next));
        }
        self.row.push(END);
        self.alphabet.extend(
            text.chars()
                .filter(|&ch| ('\u{4e00}'..='\u{9fff}').contains(&ch))
                .step_by(97),
        );
        self.passages.push(Passage { document, text });
    }

    /// In how many places and documents the units occur in sequence, by looking at every place.
    pub(crate) fn count(&self, phrase: &Units) -> (u64, u64) {
        let Some(ids) = phrase
            .texts()
            .map(|unit| self.ids.get(unit).copied())
            .collect::<Option<Vec<u32>>>()
        else {
            return (0, 0);
        };
        let places: Vec<usize> = (0..self.row.len())
            .filter(|&at| self.row[at] == ids[0] && self.row[at..].starts_with(&ids))
            .collect();
        let documents: BTreeSet<usize> = places
            .iter()
            .map(|&at| {
                self.passages[self.starts.partition_point(|&start| start <= at) - 1].document
            })
            .collect();
        (places.len() as u64, documents.len() as u64)
    }

    /// What fills the gaps of each pattern, with occurrences and documents, by reading every passage.
    pub(crate) fn fillers(&self, patterns: &[Pattern]) -> Vec<Fillers> {
        let mut documents =
            vec![BTreeMap::<Vec<Vec<String>>, (u64, BTreeSet<usize>)>::new(); patterns.len()];
        for passage in &self.passages {
            let units = Units::new(&passage.text);
            for (pattern, table) in patterns.iter().zip(&mut documents) {
                for found in pattern.find(&units) {
                    let gaps = found.rows.windows(2).map(|pair| pair[0].end..pair[1].start);
                    let texts = gaps.map(|gap| gap.map(|ord| units.text(ord).to_owned()).collect());
                    let row = table.entry(texts.collect()).or_default();
                    row.0 += 1;
                    row.1.insert(passage.document);
                }
            }
        }
        let counted = documents.into_iter().map(|table| {
            let rows = table.into_iter();
            rows.map(|(fillers, (n, documents))| (fillers, (n, documents.len() as u64)))
                .collect()
        });
        counted.collect()
    }

    /// Different sentences that `takes` takes, drawn at random.
    pub(crate) fn sample(
        &self,
        random: &mut Random,
        n: usize,
        takes: impl Fn(&Sentence) -> bool,
    ) -> Vec<Sentence> {
        let mut out = BTreeMap::new();
        while out.len() < n {
            let passage = &self.passages[random.below(self.passages.len())];
            let ranges = sentences(&passage.text);
            let text = passage.text[ranges[random.below(ranges.len())].clone()].to_owned();
            let sentence = Sentence {
                units: Units::new(&text),
                text,
            };
            if takes(&sentence) {
                out.insert(random.next(), sentence);
            }
        }
        out.into_values().collect()
    }
}
