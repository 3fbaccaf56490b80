//! The grammar of queries.
//!
//! ```text
//! query    = any
//! any      = list { "OR" list }
//! list     = { all }                                   side by side
//! all      = near { "AND" near }
//! near     = signed [ "NEAR/" n signed ]
//! signed   = [ "+" | "-" | "NOT" ] atom [ "^" weight ]
//! atom     = word | phrase | field value | "(" any ")"
//! phrase   = quote { text | "*" [ "{" m "," n "}" ] | "?" | choice } quote
//! choice   = "(" text "|" text { "|" text } ")"
//! field    = "title:" | "heading:" | "kind:" | "year:" | "path:" | "role:"
//!          | "issuer:" | "collection:"
//! ```
//!
//! Every operator and bracket has its full-width form. In a list, bare words are optional and everything else
//! is required; under `AND`, `OR`, `NOT`, `+` and `-` a bare word means its exact characters. Punctuation that
//! has no meaning at its position is skipped. Parsing takes time linear in the query.

use super::lex::{FieldName, Kind, Token, half_width, is_prose, tokens};
use super::phrase::{has_choice, pattern, patterns};
use super::problem::{Problem, SyntaxError};
use super::tree::{Item, Leaf, Node, Occur, Restriction};
use super::years::Years;
use crate::document::Role;
use crate::text::pattern::{MAX_GAP, Pattern};

/// Maximum number of characters of a query.
// A pasted passage has at most a thousand, a page some two thousand; what is longer is a file given by mistake.
const MAX_LENGTH: usize = 10_000;
/// Maximum nesting depth of brackets.
// Each bracket is a call of the parser, and of everything that walks the tree: without a limit a row of them would use up
// the stack.
const MAX_DEPTH: usize = 32;
/// Maximum number of words and phrases.
// Each reads posting lists of its own in every segment.
const MAX_LEAVES: usize = 1_000;

/// Parses a query.
///
/// # Errors
/// [`SyntaxError`] with the place and what was expected there.
pub fn parse(query: &str) -> Result<Node, SyntaxError> {
    let n_chars = query.chars().count();
    let error = |at, problem| SyntaxError {
        query: query.to_owned(),
        at,
        problem,
    };
    if n_chars > MAX_LENGTH {
        return Err(error(MAX_LENGTH, Problem::TooLong));
    }
    let tokens = tokens(query)?;
    let mut parser = Parser {
        query,
        n_chars,
        is_prose: is_prose(query),
        tokens,
        next: 0,
        depth: 0,
        leaves: 0,
    };
    let node = parser.any()?;
    node.ok_or_else(|| error(n_chars, Problem::Empty))
}

/// Reads a text that is no query, such as a question in a person's own words: nothing in it is an operator.
///
/// `None` if it holds no unit.
pub fn bare(text: &str) -> Option<Node> {
    (!crate::text::units::Units::new(text).is_empty())
        .then(|| Node::Leaf(Leaf::Word(text.to_owned())))
}

/// Parses the inside of a phrase, gaps and all.
///
/// # Errors
/// [`SyntaxError`] as for a query; [`Problem::Empty`] if it holds no unit, [`Problem::Choice`] if it is several patterns.
pub fn parse_pattern(text: &str) -> Result<Pattern, SyntaxError> {
    let n_chars = text.chars().count();
    let error = |(at, problem)| SyntaxError {
        query: text.to_owned(),
        at,
        problem,
    };
    if n_chars > MAX_LENGTH {
        return Err(error((MAX_LENGTH, Problem::TooLong)));
    }
    pattern(text)
        .map_err(error)?
        .ok_or_else(|| error((n_chars, Problem::Empty)))
}

struct Parser<'a> {
    query: &'a str,
    n_chars: usize,
    is_prose: bool,
    tokens: Vec<Token>,
    next: usize,
    depth: usize,
    leaves: usize,
}

impl Parser<'_> {
    fn any(&mut self) -> Result<Option<Node>, SyntaxError> {
        let mut nodes: Vec<Node> = self.list()?.into_iter().collect();
        while let Some(at) = self.take(&Kind::Or) {
            if nodes.is_empty() {
                return Err(self.error(at, Problem::NoLeftOperand));
            }
            let list = self.list()?;
            nodes.push(list.ok_or_else(|| self.error(self.here(), Problem::NoOperand))?);
        }
        Ok(if nodes.len() > 1 {
            Some(Node::Any(nodes))
        } else {
            nodes.pop()
        })
    }

    fn list(&mut self) -> Result<Option<Node>, SyntaxError> {
        let mut items = Vec::new();
        loop {
            match self.peek() {
                None | Some(Kind::Or) => break,
                Some(Kind::Close) if self.depth > 0 => break,
                Some(Kind::Close) => self.next += 1,
                Some(_) => items.extend(self.all()?),
            }
        }
        let is_bare = items.len() == 1 && items[0].occur != Occur::Forbidden;
        Ok(match items.len() {
            0 => None,
            _ if is_bare => items.pop().map(|item| item.node),
            _ => Some(Node::List(items)),
        })
    }

    fn all(&mut self) -> Result<Option<Item>, SyntaxError> {
        if let Some(at) = self.take(&Kind::And) {
            return Err(self.error(at, Problem::NoLeftOperand));
        }
        let Some(first) = self.near()? else {
            return Ok(None);
        };
        let mut items = vec![first];
        while let Some(at) = self.take(&Kind::And) {
            let item = self.near()?;
            items.push(item.ok_or_else(|| self.error(at, Problem::NoOperand))?);
        }
        if items.len() == 1 {
            return Ok(items.pop());
        }
        let nodes = items.into_iter().map(|item| match item.occur {
            Occur::Forbidden => Node::Not(Box::new(item.node)),
            Occur::Optional | Occur::Required => item.node,
        });
        Ok(Some(Item {
            occur: Occur::Required,
            node: Node::All(nodes.collect()),
        }))
    }

    fn near(&mut self) -> Result<Option<Item>, SyntaxError> {
        let Some(left) = self.signed()? else {
            return Ok(None);
        };
        let Some(Kind::Near(distance)) = self.peek().cloned() else {
            return Ok(Some(left));
        };
        let at = self.here();
        self.next += 1;
        if distance > MAX_GAP {
            return Err(self.error(at, Problem::TooFar));
        }
        let right = self.signed()?;
        let right = right.ok_or_else(|| self.error(at, Problem::NoOperand))?;
        let (Some(left), Some(right)) = (row_of(left), row_of(right)) else {
            return Err(self.error(at, Problem::NotNearable));
        };
        Ok(Some(Item {
            occur: Occur::Required,
            node: Node::Leaf(Leaf::Near {
                left,
                right,
                distance,
            }),
        }))
    }

    fn signed(&mut self) -> Result<Option<Item>, SyntaxError> {
        let at = self.here();
        let occur = match self.peek() {
            Some(Kind::Plus) => Some(Occur::Required),
            Some(Kind::Minus | Kind::Not) => Some(Occur::Forbidden),
            _ => None,
        };
        self.next += usize::from(occur.is_some());
        let mut node = match self.atom()? {
            Some(node) => node,
            None if occur.is_some() => return Err(self.error(at, Problem::NoOperand)),
            None => return Ok(None),
        };
        let occur = occur.unwrap_or(natural_occur(&node));
        let mut weight = None;
        while let Some(&Kind::Weight(last)) = self.peek() {
            self.next += 1;
            // The last of several wins: a tree as deep as the query is long would use up the stack.
            weight = Some(last);
        }
        if let Some(weight) = weight {
            node = Node::Weighted(Box::new(node), weight);
        }
        Ok(Some(Item { occur, node }))
    }

    fn atom(&mut self) -> Result<Option<Node>, SyntaxError> {
        // Weights without anything before them and brackets without anything in them are stray. They are passed
        // over in a loop: recursion would let a row of them use up the stack.
        loop {
            let at = self.here();
            let Some(kind) = self.peek().cloned() else {
                return Ok(None);
            };
            self.next += 1;
            return match kind {
                Kind::Word(text)
                    if !self.is_prose && text.chars().any(|ch| half_width(ch) == '*') =>
                {
                    self.pattern(at, &text).map(Some)
                }
                Kind::Word(text) => self.leaf(at, Leaf::Word(text)).map(Some),
                Kind::Quoted(text) => self.pattern(at + 1, &text).map(Some),
                Kind::Field(name) => self
                    .field(name)
                    .map(|restriction| Some(Node::Restriction(restriction))),
                Kind::Open => match self.group(at)? {
                    Some(node) => Ok(Some(node)),
                    None => continue,
                },
                Kind::Weight(_) => continue,
                Kind::Near(_) => Err(self.error(at, Problem::NoLeftOperand)),
                Kind::Plus | Kind::Minus | Kind::Not | Kind::And | Kind::Or | Kind::Close => {
                    self.next -= 1;
                    Ok(None)
                }
            };
        }
    }

    /// The text in brackets up to the closing one; `None` if it is empty.
    fn group(&mut self, at: usize) -> Result<Option<Node>, SyntaxError> {
        if self.depth == MAX_DEPTH {
            return Err(self.error(at, Problem::TooDeep));
        }
        self.depth += 1;
        let node = self.any()?;
        self.depth -= 1;
        match self.take(&Kind::Close) {
            Some(_) => Ok(node),
            None if self.is_prose => Ok(node),
            None => Err(self.error(at, Problem::UnclosedBracket)),
        }
    }

    fn leaf(&mut self, at: usize, leaf: Leaf) -> Result<Node, SyntaxError> {
        self.leaves += 1;
        if self.leaves > MAX_LEAVES {
            return Err(self.error(at, Problem::TooMany));
        }
        Ok(Node::Leaf(leaf))
    }

    fn pattern(&mut self, at: usize, text: &str) -> Result<Node, SyntaxError> {
        let read = patterns(text).map_err(|(offset, problem)| self.error(at + offset, problem))?;
        let mut nodes = Vec::with_capacity(read.len());
        for pattern in read {
            nodes.push(self.leaf(at, Leaf::Pattern(pattern))?);
        }
        match nodes.len() {
            0 => Err(self.error(at, Problem::Empty)),
            1 => Ok(nodes.remove(0)),
            _ => Ok(Node::Choice(nodes)),
        }
    }

    fn field(&mut self, name: FieldName) -> Result<Restriction, SyntaxError> {
        let at = self.here();
        let value = match self.peek().cloned() {
            Some(Kind::Word(text) | Kind::Quoted(text)) => text,
            _ => return Err(self.error(at, Problem::NoValue)),
        };
        self.next += 1;
        let pattern = |value: &str| match has_choice(value) {
            true => Err(self.error(at, Problem::Choice)),
            false => Pattern::phrase(value).ok_or_else(|| self.error(at, Problem::NoValue)),
        };
        Ok(match name {
            FieldName::Title => Restriction::Title(pattern(&value)?),
            FieldName::Heading => Restriction::Heading(pattern(&value)?),
            FieldName::Kind => Restriction::Kind(value),
            FieldName::Year => {
                let years = Years::parse(&value).map_err(|_| self.error(at, Problem::BadYear))?;
                Restriction::Year(years)
            }
            FieldName::Path => Restriction::Path(value),
            FieldName::Role => {
                let role = Role::named(&value);
                let role = role.ok_or_else(|| self.error(at, Problem::BadRole))?;
                Restriction::Role(role.name().to_owned())
            }
            FieldName::Issuer => Restriction::Issuer(value),
            FieldName::Collection => Restriction::Collection(value),
        })
    }

    fn peek(&self) -> Option<&Kind> {
        self.tokens.get(self.next).map(|token| &token.kind)
    }

    fn take(&mut self, kind: &Kind) -> Option<usize> {
        let at = self.here();
        (self.peek() == Some(kind)).then(|| {
            self.next += 1;
            at
        })
    }

    fn here(&self) -> usize {
        self.tokens
            .get(self.next)
            .map_or(self.n_chars, |token| token.at)
    }

    fn error(&self, at: usize, problem: Problem) -> SyntaxError {
        SyntaxError {
            query: self.query.to_owned(),
            at,
            problem,
        }
    }
}

/// Bare words and lists of them are optional; everything else is meant to be there.
fn natural_occur(node: &Node) -> Occur {
    let is_optional = match node {
        Node::Leaf(Leaf::Word(_)) => true,
        Node::List(items) => items.iter().all(|item| item.occur == Occur::Optional),
        Node::Weighted(node, _) => natural_occur(node) == Occur::Optional,
        Node::Leaf(_)
        | Node::Restriction(_)
        | Node::All(_)
        | Node::Any(_)
        | Node::Choice(_)
        | Node::Not(_) => false,
    };
    if is_optional {
        Occur::Optional
    } else {
        Occur::Required
    }
}

fn single_row(mut pattern: Pattern) -> Option<Vec<String>> {
    if pattern.rows.len() == 1 {
        pattern.rows.pop()
    } else {
        None
    }
}

/// The sequence of units that a word or phrase without gaps is; `None` for anything else.
fn row_of(item: Item) -> Option<Vec<String>> {
    match item.node {
        Node::Leaf(Leaf::Word(text)) if item.occur == Occur::Optional => {
            single_row(Pattern::phrase(&text)?)
        }
        Node::Leaf(Leaf::Pattern(pattern)) if item.occur == Occur::Required => single_row(pattern),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn show(node: &Node) -> String {
        let all = |nodes: &[Node]| nodes.iter().map(show).collect::<Vec<_>>().join(" ");
        match node {
            Node::Leaf(Leaf::Word(text)) => text.clone(),
            Node::Leaf(Leaf::Pattern(pattern)) => show_pattern(pattern),
            Node::Leaf(Leaf::Near {
                left,
                right,
                distance,
            }) => format!("near({} {} {distance})", left.concat(), right.concat()),
            Node::Restriction(restriction) => format!("{restriction:?}"),
            Node::All(nodes) => format!("all({})", all(nodes)),
            Node::Any(nodes) | Node::Choice(nodes) => format!("any({})", all(nodes)),
            Node::Not(node) => format!("not({})", show(node)),
            Node::Weighted(node, weight) => format!("{}^{weight}", show(node)),
            Node::List(items) => {
                let sign = |occur| match occur {
                    Occur::Optional => "",
                    Occur::Required => "+",
                    Occur::Forbidden => "-",
                };
                let items: Vec<_> = items
                    .iter()
                    .map(|item| format!("{}{}", sign(item.occur), show(&item.node)))
                    .collect();
                format!("[{}]", items.join(" "))
            }
        }
    }

    fn show_pattern(pattern: &Pattern) -> String {
        let mut out = format!("'{}", pattern.rows[0].concat());
        for (gap, row) in pattern.gaps.iter().zip(&pattern.rows[1..]) {
            out += &format!("<{},{}>{}", gap.start(), gap.end(), row.concat());
        }
        out + "'"
    }

    #[track_caller]
    fn check(query: &str, expected: &str) {
        assert_eq!(
            parse(query)
                .map(|node| show(&node))
                .map_err(|error| error.to_string()),
            Ok(expected.to_owned())
        );
    }

    #[track_caller]
    fn check_error(query: &str, at: usize, problem: Problem) {
        let error = parse(query).map(|node| show(&node)).unwrap_err();
        assert_eq!((error.at, error.problem), (at, problem));
    }

    #[test]
    fn words_and_phrases() {
        check("失地农民 安置", "[失地农民 安置]");
        check("失地农民", "失地农民");
        check("“失地农民，安置” 出路", "[+'失地农民安置' 出路]");
        check("「出路」", "'出路'");
        check("+招商 －引资 A+B - ，", "[+招商 -引资 A+B]");
        check("如何安置失地农民？", "如何安置失地农民？");
    }

    #[test]
    fn gaps() {
        check("\"坚持以*为指导\"", "'坚持以<1,20>为指导'");
        check("坚持以＊｛２，８｝为指导", "'坚持以<2,8>为指导'");
        check("\"一?三*{0,2}？五\"", "'一<1,1>三<1,3>五'");
        check("\"出路在哪里？\"", "'出路在哪里'");
        check_error("\"*{3}甲\"", 1, Problem::OpenGap);
        check_error("\"以*\"", 2, Problem::OpenGap);
        check_error("\"以*{1,101}为\"", 3, Problem::TooFar);
        check_error("\"以*{5,2}为\"", 3, Problem::BadRange);
        check_error("\"以*{0,1000000}为\"", 3, Problem::TooFar);
    }

    #[test]
    fn alternatives_in_a_phrase() {
        check(
            "“(优化|改善)营商环境”",
            "any('优化营商环境' '改善营商环境')",
        );
        check(
            "“（甲｜乙）*（丙|丁|）戊” 己",
            "[+any('甲<1,20>丙戊' '甲<1,20>丁戊' '甲<1,20>戊' '乙<1,20>丙戊' '乙<1,20>丁戊' '乙<1,20>戊') 己]",
        );
        check("“(甲|甲)乙”", "'甲乙'");
        check("“甲（一）乙|丙”", "'甲一乙丙'");
        check("-“(甲|乙)丙” 丁", "[-any('甲丙' '乙丙') 丁]");
        check_error("“((甲|乙)|丙)丁”", 1, Problem::NestedChoice);
        check_error(
            &format!("“{}”", "(甲|乙)".repeat(7)),
            31,
            Problem::TooManyChoices,
        );
        check_error("“(甲|)”", 1, Problem::Empty);
        check_error("“(甲|乙*)”", 5, Problem::OpenGap);
        check_error("甲 NEAR/3 “(乙|丙)丁”", 2, Problem::NotNearable);
        check_error("title:“(乙|丙)丁”", 6, Problem::Choice);
        let error = parse_pattern("坚持(以|把)*为指导").map(drop).unwrap_err();
        assert_eq!((error.at, error.problem), (2, Problem::Choice));
    }

    #[test]
    fn what_is_glued_to_a_word_is_text() {
        check("坚持“两个毫不动摇”，优化", "坚持“两个毫不动摇”，优化");
        check("坚持“两个毫不动摇", "坚持“两个毫不动摇");
        check("深化改革（含试点）工作 甲", "[深化改革（含试点）工作 甲]");
        check("深化改革（含试点 甲", "[深化改革（含试点 甲]");
        check("《条例》[2018]3号\"办法", "《条例》[2018]3号\"办法");
        check("(甲 OR 乙（丙）) 丁", "[+any(甲 乙（丙）) 丁]");
        check("甲 AND“乙” NOT(丙)", "[+all(甲 '乙') -丙]");
        check("“甲”乙 -“丙”", "[+'甲' 乙 -'丙']");
    }

    #[test]
    fn prose_is_text() {
        for text in [
            "“三农”工作稳中有进。粮食总产量稳定；（一）“米袋子",
            "（一 推进改革。10^4 亩*良田 -3% +5% “菜篮子”工程；“厕所革命",
            "“甲”乙。\n“丙”丁；",
        ] {
            let node = parse(text).map_err(|error| error.to_string()).expect(text);
            assert!(
                node.leaves()
                    .iter()
                    .all(|leaf| matches!(leaf, Leaf::Word(_))),
                "{}",
                show(&node)
            );
        }
        check("“甲。乙” -丙", "[+'甲乙' -丙]");
        check("坚持以*为指导。", "'坚持以<1,20>为指导'");
    }

    #[test]
    fn operators() {
        check("招商 AND 就业 OR 安置", "any(all(招商 就业) 安置)");
        check("甲 (乙 ＯＲ 丙) 丁", "[甲 +any(乙 丙) 丁]");
        check("甲 AND NOT 乙", "all(甲 not(乙))");
        check("招商 NEAR/10 “就业”", "near(招商 就业 10)");
        check("（甲 乙）^3 丙^0.5", "[[甲 乙]^3 丙^0.5]");
        check("-甲", "[-甲]");
        check("1）甲", "[1 甲]");
    }

    #[test]
    fn fields() {
        check("kind:总结 甲", "[+Kind(\"总结\") 甲]");
        check("ｙｅａｒ：２００５..2010", "Year(Years([2005..=2010]))");
        check("year:..2010", "Year(Years([0..=2010]))");
        check("path:\"a b/*.txt\"", "Path(\"a b/*.txt\")");
        check("时间:2009", "时间:2009");
        check_error("甲 year:20x", 7, Problem::BadYear);
        check_error("甲 role:存在", 7, Problem::BadRole);
        check_error("title:", 6, Problem::NoValue);
    }

    #[test]
    fn errors_name_the_place() {
        check_error("", 0, Problem::Empty);
        check_error("，。", 2, Problem::Empty);
        check_error("甲 \"乙", 2, Problem::UnclosedQuote);
        check_error("甲 (乙", 2, Problem::UnclosedBracket);
        check_error("甲 AND", 2, Problem::NoOperand);
        check_error("OR 甲", 0, Problem::NoLeftOperand);
        check_error("甲 NEAR/1000 乙", 2, Problem::TooFar);
        check_error("甲 NEAR/3 (乙 丙)", 2, Problem::NotNearable);
        check_error("甲 NEAR/ 乙", 2, Problem::NoDistance);
        check_error("甲 NEAR/十 乙", 2, Problem::NoDistance);
        check_error("甲^1e9", 1, Problem::NoWeight);
        let gaps = format!("“甲{}”", "*乙".repeat(33));
        check_error(&gaps, 66, Problem::TooManyGaps);
        check_error(&"(".repeat(40), 32, Problem::TooDeep);
        check_error(&"甲 ".repeat(1_001), 2_000, Problem::TooMany);
    }

    #[test]
    fn rows_of_stray_signs_use_no_stack() {
        let small_stack = std::thread::Builder::new().stack_size(256 << 10);
        let checks = || {
            check_error(&"()".repeat(5_000), 10_000, Problem::Empty);
            check_error(&"^1".repeat(5_000), 10_000, Problem::Empty);
            check(&format!("甲{}", "^2".repeat(4_900)), "甲^2");
            check(&format!("{}甲", "（）^3".repeat(2_400)), "甲");
        };
        let thread = small_stack.spawn(checks).expect("a thread");
        thread.join().expect("no overflow");
    }

    #[test]
    fn the_caret_stands_under_wide_characters() {
        let error = parse("失地 (农民").map(|_| ()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "expected a closing bracket\n  失地 (农民\n       ^"
        );
    }

    proptest! {
        #[test]
        fn any_text_parses_or_points(query in "([甲乙“”\"()（）*?{}0-9,:^+\\- ]|AND|OR|NOT|NEAR/3|year:|path:|\\PC){0,30}") {
            match parse(&query) {
                Ok(_) => {}
                Err(error) => prop_assert!(error.at <= query.chars().count()),
            }
        }
    }
}
