//! The level of government that an issuing body belongs to, as far as its name says.
//!
//! The last place in the name decides: 青石市白苇县水利局 is a county's. What a name does not say isn't guessed: a county-level city is
//! told from a prefecture only if its prefecture is named before it, and development zones have no level of their own.

use serde::Serialize;

use super::blank::squeeze;
use crate::text::normalize::normalize;

/// A level of government, the highest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The centre: 国务院, 中共中央, 全国人民代表大会, ministries.
    National,
    /// Provinces, autonomous regions, 北京, 天津, 上海, 重庆, special administrative regions.
    Province,
    /// Cities, prefectures (地区, 自治州, 盟).
    City,
    /// Counties, districts, banners; a city below a city.
    County,
    /// Towns, townships, subdistricts (街道).
    Township,
}

impl Level {
    /// All of them, the highest first.
    pub const ALL: [Self; 5] = [
        Self::National,
        Self::Province,
        Self::City,
        Self::County,
        Self::Township,
    ];

    /// Its name in JSON and in tables.
    pub fn code(self) -> &'static str {
        match self {
            Self::National => "national",
            Self::Province => "province",
            Self::City => "city",
            Self::County => "county",
            Self::Township => "township",
        }
    }
}

/// The level of an issuer as a document names it; of several bodies, joined by `、`, the highest. `None` if the name does not say.
pub fn of_issuer(issuer: &str) -> Option<Level> {
    let normalized = normalize(&squeeze(issuer)).to_string();
    normalized.split('、').filter_map(of_body).min()
}

fn of_body(name: &str) -> Option<Level> {
    if CENTRE.iter().any(|word| name.contains(word)) {
        return Some(Level::National);
    }
    // Neither is a level: a zone may be a city's or a county's, and committees of residents are no government.
    if NO_LEVEL.iter().any(|word| name.contains(word)) {
        return None;
    }
    of_places(name).or_else(|| without_place(name))
}

/// Words that only names of the centre have.
const CENTRE: [&str; 8] = [
    "国务院",
    "中共中央",
    "党中央",
    "中央军事委员会",
    "全国人民代表大会",
    "全国人大",
    "全国政协",
    "最高人民",
];

/// Words that leave the level open.
const NO_LEVEL: [&str; 17] = [
    "开发区",
    "园区",
    "保税区",
    "示范区",
    "高新区",
    "试验区",
    "实验区",
    "合作区",
    "自贸区",
    "风景区",
    "管理区",
    "功能区",
    "军区",
    "居民委员会",
    "居委会",
    "村民委员会",
    "村委会",
];

/// Words in names of offices with the ending of a place in them.
const NO_PLACES: [&str; 19] = [
    "市场", "城市", "市政", "市容", "市民", "都市", "超市", "城镇", "城乡", "乡村", "侨乡", "区域",
    "区划", "特区", "小区", "灌区", "库区", "灾区", "社区",
];

/// Endings of places of more than one character.
const LONG_ENDINGS: [(&str, Level); 7] = [
    ("特别行政区", Level::Province),
    ("自治区", Level::Province),
    ("自治州", Level::City),
    ("自治县", Level::County),
    ("自治旗", Level::County),
    ("地区", Level::City),
    ("街道", Level::Township),
];

/// Cities with the rank of a province.
const MUNICIPALITIES: [&str; 4] = ["北京", "天津", "上海", "重庆"];

/// What follows the ending of a place that other words end in as often (广州, 红旗, 联盟).
const GOVERNS: [&str; 8] = [
    "人民",
    "政府",
    "委",
    "人大",
    "政协",
    "法院",
    "检察",
    "行政公署",
];

/// Offices that a place is before, of which the words above hold a part: 市政府 and 市民政局 are a city's, 市政工程局 says nothing.
const OFFICES: [&str; 4] = ["政务", "政法", "民政", "民族"];

/// A name with a sign for each word that is no place.
fn without_words(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(ch) = rest.chars().next() {
        let after = &rest[ch.len_utf8()..];
        let is_office = GOVERNS
            .iter()
            .chain(&OFFICES)
            .any(|one| after.starts_with(one));
        let word = NO_PLACES.iter().find(|word| rest.starts_with(**word));
        match word.filter(|_| !is_office) {
            Some(word) => {
                out.push('□');
                rest = &rest[word.len()..];
            }
            None => {
                out.push(ch);
                rest = after;
            }
        }
    }
    out
}

/// The level of the last place in a name.
fn of_places(name: &str) -> Option<Level> {
    let cleaned = without_words(name);
    let mut found = None;
    let mut at = 0;
    while at < cleaned.len() {
        let rest = &cleaned[at..];
        let long = LONG_ENDINGS
            .iter()
            .find(|(ending, _)| rest.starts_with(ending));
        if let Some((ending, level)) = long {
            found = Some(*level);
            at += ending.len();
            continue;
        }
        let Some(ch) = rest.chars().next() else { break };
        let after = &rest[ch.len_utf8()..];
        // 新乡市, 贵州省: the ending of a place may be part of another name.
        if !after.starts_with(ENDINGS) {
            found = of_ending(ch, (&cleaned[..at], after), found).or(found);
        }
        at += ch.len_utf8();
    }
    found
}

/// Endings of places of one character.
const ENDINGS: [char; 9] = ['省', '市', '县', '区', '旗', '镇', '乡', '州', '盟'];

/// The level of a place that ends in `ch`; `above` is that of the place before it.
fn of_ending(ch: char, (before, after): (&str, &str), above: Option<Level>) -> Option<Level> {
    let governs = || GOVERNS.iter().any(|word| after.starts_with(word));
    match ch {
        '省' => Some(Level::Province),
        '市' if MUNICIPALITIES.iter().any(|city| before.ends_with(city)) => Some(Level::Province),
        '市' if above == Some(Level::City) => Some(Level::County),
        '市' => Some(Level::City),
        '州' | '盟' => governs().then_some(Level::City),
        '县' | '区' => Some(Level::County),
        '旗' => governs().then_some(Level::County),
        '镇' | '乡' => Some(Level::Township),
        _ => None,
    }
}

/// The level of a body whose name has no place in it.
fn without_place(name: &str) -> Option<Level> {
    const OPENINGS: [&str; 5] = ["中央", "全国", "国家", "中国", "中华人民共和国"];
    let own = name.trim_start_matches("中华人民共和国");
    let is_ministry = own
        .strip_suffix('部')
        .is_some_and(|own| MINISTRIES.contains(&own));
    if OPENINGS.iter().any(|opening| name.starts_with(opening))
        || is_ministry
        || own.ends_with("总局")
        || matches!(own, "海关总署" | "审计署")
    {
        return Some(Level::National);
    }
    // A 厅 is an office of a province, 办公厅 of any government.
    (own.ends_with('厅') && !own.ends_with("办公厅")).then_some(Level::Province)
}

/// Ministries of the State Council without 部, those of today first. Party departments (组织部) and units of firms (项目部) end in 部
/// as well, so that the ending alone says nothing.
const MINISTRIES: [&str; 44] = [
    "外交",
    "国防",
    "教育",
    "科学技术",
    "科技",
    "工业和信息化",
    "公安",
    "民政",
    "司法",
    "财政",
    "人力资源和社会保障",
    "人力资源社会保障",
    "自然资源",
    "生态环境",
    "住房和城乡建设",
    "住房城乡建设",
    "交通运输",
    "水利",
    "农业农村",
    "商务",
    "文化和旅游",
    "退役军人事务",
    "应急管理",
    "监察",
    "人事",
    "劳动",
    "劳动和社会保障",
    "卫生",
    "交通",
    "铁道",
    "建设",
    "农业",
    "林业",
    "文化",
    "信息产业",
    "国土资源",
    "环境保护",
    "对外贸易经济合作",
    "广播电影电视",
    "化学工业",
    "电力工业",
    "能源",
    "商业",
    "邮电",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_place_of_a_name_decides() {
        use Level::*;
        for (issuer, expected) in [
            ("国务院", Some(National)),
            ("中共中央、国务院", Some(National)),
            ("全国人民代表大会常务委员会", Some(National)),
            ("国务院西部地区开发领导小组", Some(National)),
            ("财政部", Some(National)),
            ("住房和城乡建设部", Some(National)),
            ("中华人民共和国海关总署", Some(National)),
            ("国家市场监督管理总局", Some(National)),
            ("贵州省人民政府", Some(Province)),
            ("广西壮族自治区人民政府", Some(Province)),
            ("上海市人民代表大会", Some(Province)),
            ("教育厅", Some(Province)),
            ("省委", Some(Province)),
            ("国家税务总局某省税务局", Some(Province)),
            ("新乡市人民政府", Some(City)),
            ("临澜市政府办公室", Some(City)),
            ("临澜市政协社会法制委员会", Some(City)),
            ("临澜市民政局", Some(City)),
            ("临澜市民族宗教事务局", Some(City)),
            ("临澜市政务服务管理局", Some(City)),
            ("市政工程局", None),
            ("景德镇市教育局", Some(City)),
            ("镇江市市场监督管理局", Some(City)),
            ("苏州市城乡建设局", Some(City)),
            ("黔东南苗族侗族自治州人民政府", Some(City)),
            ("黔东南州人民政府", Some(City)),
            ("阿里地区行政公署", Some(City)),
            ("市教育局", Some(City)),
            ("重庆市南岸区人民政府", Some(County)),
            ("泉州市晋江市人民政府", Some(County)),
            ("景宁畲族自治县人民代表大会", Some(County)),
            ("白苇县乡村振兴局", Some(County)),
            ("白葦縣政府", Some(County)),
            ("霧埕鎮公所", Some(Township)),
            ("白苇县云岭乡党委", Some(Township)),
            ("临澜市南塬区某街道办事处", Some(Township)),
            ("某县财政局、某省财政厅", Some(Province)),
        ] {
            assert_eq!(of_issuer(issuer), expected, "{issuer}");
        }
    }

    #[test]
    fn what_a_name_does_not_say_is_not_guessed() {
        for issuer in [
            "",
            "水利局",
            "云栖工业园区",
            "青石市高新区管委会",
            "广州海关",
            "某战略联盟",
            "组织部",
            "项目部",
            "办公厅",
            "某社区居民委员会",
        ] {
            assert_eq!(of_issuer(issuer), None, "{issuer}");
        }
    }

    #[test]
    fn codes_are_those_of_the_json() {
        for level in Level::ALL {
            let json = serde_json::to_value(level).expect("plain data");
            assert_eq!(json, level.code());
        }
        assert!(Level::ALL.is_sorted());
    }
}
