//! The vocabulary of negation.
//!
//! A character says little: 不 denies in `不建水渠`, but not in `坚定不移`, `不断`, `不动产`. So words decide: what
//! negates ([`DENYING`], [`FORBIDDING`]), words in which such a character does not ([`FIXED`]), words that deny only themselves
//! ([`ATTRIBUTES`]), and words at which the reach of a negation ends or goes on.

/// Words that deny: `未建水渠`, `难以修水渠`.
pub const DENYING: &str = "不 未 没 没有 无 毋须 得不到 不是 未经 不经 未获 并非 绝非 决非 而非 难以 拒绝 否认 \
    不能 不会 不应 不应当 不应该 不予 不再 不必 不可 不可能 不准予 不能因此 无法 没能 未能 尚未 舍不得 \
    达不到 做不到 办不到 收不到 找不到 看不到 听不到 想不到 享受不到 跟不上 用不上 赶不上 顾不上 满足不了 解决不了 适应不了 保证不了 完成不了 承担不了 \
    不服 很难 极难 难于 不同宪法 不同这 不同那 不同它们 不同他们 不同任何 不广泛 不深入 不大力 不长期 不快速 不好转 \
    无人管 无人问津 无人负责 无人照料 无人看管 无人居住 无人过问 无人监管 无人敢 无人愿 \
    不同意 不利于 不断绝 不过问 不过度 不过分 不足以 不妨碍 不管理 不如实 不久留 不时常 不公开 不公布 不公示 不当选 不当作 不明确 不实行 不实施 不平均 \
    不法办 不好好 未来得及 没收到 没收过 无主管 无主观 无线索 无理由 无数据 无用户 无故障 无效果 无序列 无罪证 无责任 无害处 无明确 无情况";

/// Words that forbid or ward off: `不得占用水渠`, `防止水渠淤塞`.
///
/// 不能 and 不可 say both and deny, except in forms that only forbid (不能搞). 防范 and 遏制 name a field of work and do neither.
pub const FORBIDDING: &str = "不得 不准 不许 不要 不容 不允许 严禁 禁止 杜绝 防止 避免 切忌 谨防 严防 以防 以免 免得 勿 莫 切莫 \
    决不能 绝不能 决不可 绝不可 切不可 决不允许 绝不允许 绝不容许 决不容许 决不让 绝不让 不能搞 不能让 不能把 不能因 不能再搞 不能只 不能以";

/// The prefix that denies the word which follows it at once, and no more: 非机动车.
pub const PREFIX: &str = "非";

/// Words in which nothing is denied, nor in the rest of the clause on their account: idioms, fixed words, names, questions
/// (能不能), double negations (不得不).
pub const FIXED: &str = "\
    不断 不仅 不但 不只 不单 不光 不少 不同 不久 不论 不管 不妨 不禁 不愧 不惜 不懈 不时 不日 不二 不过 不止 不如 不料 不外 不免 不啻 \
    不乏 不得已 不由得 不无 不失 不已 不停地 不住地 不一样 不远 不仅仅 不可开交 不可抗力 不可移动 \
    不动产 不锈钢 不等式 不干胶 不导体 不管部 \
    不胜枚举 不失时机 不遗余力 不折不扣 不屈不挠 不偏不倚 不约而同 不言而喻 不拘一格 不谋而合 不胫而走 不期而遇 不计其数 不一而足 不可多得 \
    不可或缺 不可避免 不可分割 不可磨灭 不可逆转 不可替代 不可估量 不可动摇 不可缺少 不可思议 不可阻挡 不忘初心 不甘落后 不辱使命 不负重托 不负韶华 \
    不畏艰险 不畏艰难 不怕困难 不辞劳苦 不辞辛劳 不辞辛苦 不远万里 不容置疑 不容忽视 不以为然 不了了之 不知不觉 不破不立 不进则退 不在话下 \
    不正之风 不厌其烦 不相上下 不亚于 不变价 不愿不 不骄不躁 不卑不亢 不慌不忙 不急不躁 不三不四 不明不白 不声不响 不等不靠 不获全胜 \
    不低于 不少于 不高于 不大于 不小于 不多于 不短于 不晚于 不早于 不迟于 不亚 不足 \
    坚定不移 坚持不懈 坚贞不屈 坚忍不拔 锲而不舍 毫不动摇 毫不松懈 毫不放松 毫不犹豫 毫不懈怠 毫不迟疑 毫不含糊 毫不留情 始终不渝 \
    矢志不渝 矢志不移 持之不懈 驰而不息 生生不息 川流不息 奋斗不息 自强不息 奋斗不止 永不停歇 永不懈怠 永不止步 义不容辞 责无旁贷 供不应求 \
    络绎不绝 源源不断 接连不断 连续不断 绵延不绝 层出不穷 美不胜收 目不暇接 刻不容缓 势不可挡 势不可当 迫不及待 百折不挠 宁死不屈 \
    一丝不苟 一成不变 经久不衰 牢不可破 密不可分 必不可少 功不可没 寸步不让 念念不忘 恋恋不舍 孜孜不倦 诲人不倦 乐此不疲 无微不至 参差不齐 \
    良莠不齐 屡禁不止 居高不下 停滞不前 裹足不前 滞后不前 举棋不定 摇摆不定 忐忑不安 动荡不安 出其不意 攻其不备 措手不及 始料不及 猝不及防 防不胜防 \
    水土不服 大不了 了不起 对不起 差不多 巴不得 恨不得 说不定 免不了 少不了 离不开 忘不了 受不了 来不及 用不着 靠不住 \
    只争朝夕不负韶华 雷打不动 纹丝不动 原封不动 岿然不动 无所不 无处不 无不 无一不 无一不是 无不是 莫不 莫不是 并非不 不得不 不能不 不可不 不会不 不应不 不该不 不是不 不敢不 \
    未尝不 未尝不是 未必不 没有不 \
    能不能 是不是 好不好 会不会 行不行 该不该 对不对 要不要 可不可 有没有 合不合 愿不愿 敢不敢 想不想 够不够 高不高 大不大 多不多 强不强 \
    快不快 懂不懂 知不知 实不实 准不准 严不严 真不真 清不清 明不明 办不办 管不管 做不做 搞不搞 来不来 \
    无非 无论 无线 无偿 无私 无人机 无人驾驶 无人值守 无人区 无人岛 无人农场 无人车 无人船 无人配送 无人系统 无人装备 无人化 无人售货 无人艇 无人矿 无穷 无疑 无限 \
    无形 无愧 无锡 无产阶级 无产者 无纺 无机 无菌 无烟 无轨 无氧 无铅 无缝 无害化 无废 无界 无核 无感 无忧 无息 \
    无时无刻 无一例外 无可比拟 无与伦比 无可争辩 无可非议 无可置疑 无可辩驳 无可厚非 无比 无边 无谓 无数 无中生有 无所作为 无所适从 无所事事 无政府主义 \
    无政府状态 无动于衷 无坚不摧 无孔不入 无往不胜 无私奉献 无事不扰 无因管理 无主 无期徒刑 无罪推定 无名英雄 无为县 无为市 无棣 无极县 \
    无论如何 无独有偶 无偿献血 从无到有 有无 互通有无 一无所有 独一无二 史无前例 万无一失 毫无疑问 毫无保留 卓有无 后顾无忧 高枕无忧 漫无边际 有备无患 \
    责无 大公无私 铁面无私 前无古人 永无止境 学无止境 势均力敌 事实无人抚养 \
    未来 未成年 未婚 未雨绸缪 未然 未知 未竟 未免 未遂 未尝 未央 未必 前所未有 方兴未艾 闻所未闻 未定级 未利用地 未上市 未达账项 批而未供 供而未用 \
    没收 没入 没顶 没食子 淹没 埋没 沉没 出没 覆没 吞没 罚没 隐没 泯没 湮没 辱没 籍没 没完没了 全军覆没 神出鬼没 \
    莫过于 莫斯科 莫高窟 莫大 莫名 莫名其妙 约莫 莫桑比克 莫尔 莫莱 莫愁 莫言 莫干山 莫力达瓦 莫里森 罗莫 科莫 \
    勿忘 请勿打扰 非莫属 爱莫能助 一筹莫展 望尘莫及 变化莫测 鞭长莫及 \
    非常 非洲 南非 北非 东非 西非 中非 亚非 非但 非凡 非议 非得 非要 非分 非典 除非 是非 大非 若非 莫非 岂非 非同小可 非同寻常 口是心非 啼笑皆非 为非作歹 痛改前非 \
    无人 心无旁骛 一往无前 义无反顾 当仁不让 无怨无悔 无所畏惧 攻无不克 战无不胜 所向无敌 不舍昼夜 不眠不休 不知疲倦 不负众望 \
    不甘人后 无可奈何 无懈可击 无可替代 无可挑剔 百无一失 相差无几 别无二致 岂不 岂不是 难道不 难道没有 何不 怎能不 \
    不同意见 可以免 困难于 \
    无功功率 无功负荷 无功 无条件 不变价格 不相同 不完全相同 不尽相同 据不完全统计 不完全统计 \
    非法 治未病 未病 禁止清单 禁止目录 禁止名录 禁止事项 禁止范围 以防范 以防治 以防控 以防护 以防汛 以防灾 以防空 \
    免不得 难以置信 难以忘怀 难以忘记";

/// Words that deny only themselves, so that what they describe is not denied: 不合理价格, 不利影响, 未就业毕业生. Those with 禁止 name
/// a class.
pub const ATTRIBUTES: &str = "\
    不合理 不合格 不合法 不合规 不利 不良 不平衡 不充分 不平等 不平凡 不平静 不稳定 不确定 不正当 不规范 不文明 不道德 不法 \
     不当 不健康 不正常 不科学 不必要 不公平 不公正 不公 不安全 不安定 不协调 不可持续 不可再生 不配套 不匹配 不均衡 不均 不对称 不友好 不适当 不诚信 不诚实 不清洁 不完善 不健全 不到位 \
     不担当 不称职 不记名 不成熟 不满意 不敢腐 不能腐 不想腐 不自觉 不人道 不结盟 不扩散 不实信息 不实举报 不实之词 化债不实 不干涉内政 不发达 不充足 不完整 \
     不孕 不育 不雅 不可靠 不相容 不景气 不深 不广 不大 不小 不多 不快 不力 不好 不长 不短 不错 不准确 不灵 \
    无效 无用 无理 无序 无证 无照 无业 无房 无故 无辜 无名 无籍 无罪 无责 无户籍 无污染 无害 无毒 无声 无端 无情 无后顾之忧 无违建 无违规 \
    未达标 不达标 未达到标准 \
    不间断 不动摇 不定期 不饱和 不特定 无障碍 无抵押 无接触 无公害 无党派 无证明 无记名 不实 \
    未就业 未稳定就业 未登记 未脱贫 未参保 未完工 未分配 未到期 \
    没落 禁止类 禁止性 禁止开发 禁止区";

/// Words at which the reach of a negation before them ends: 不靠补助而修水渠.
pub const CLOSERS: &str = "而 但 却 就能 就会 就要 就可 就不 就没 就难 就很 就得 就无 就必 才能 才会 才可 便可 便能 从而 以便 并能 前提下 情况下 条件下 的同时 等问题 等现象 等原因 等情况 等情形 等困难 等因素 等行为 等方面";

/// Words after which a predicate of one character is over: 不清或者水渠失修.
pub const ALTERNATIVES: &str = "或者 或 以及";

/// What follows from a thing that was not done is not denied: 未及时疏浚导致水渠淤塞. Where the word itself is denied (不会导致), it
/// ends nothing.
pub const OUTCOMES: &str = "导致 造成 致使 引发 酿成 引起";

/// What ends the reach of 未经: 未经批准占用水渠 says that it is occupied.
pub const PERMITS: &str = "同意 批准 许可 审批 审核 验收 登记 允许 核准 备案 检验 检疫 培训 授权 公告 处理 委托 论证 评估 审查 审定 检定 检查 招标 认证 鉴定";

/// The particle that makes what precedes it describe what follows.
pub const PARTICLE: &str = "的";

/// Words with the particle that describe the object of what is denied, so that the negation reaches on:
/// 不具备规定的条件, 没有新的水渠.
pub const OBJECT_PARTICLES: &str = "\
    规定的 约定的 要求的 确定的 制定的 核准的 批准的 载明的 所需的 相应的 必要的 需要的 有关的 真实的 合法的 可靠的 有效的 新的 大的 根本的 明显的 显著的 重大的 应有的 \
    他们的 我们的 自己的 他的 它的 设计的 预定的 原定的 可能的 现有的 当前的 眼前的 一时的 局部的 现成的 成熟的 坚强的 强大的 稳定的 巩固的 先进的 正确的 独立的 统一的 专门的 一定的 \
    同样的 共同的 普遍的 直接的 长远的 实际的 真正的 科学的 法定的 正当的 合理的 安全的 彻底的 全面的 有力的 广泛的 深刻的 积极的 主动的 相当的 特殊的 起码的 \
    基本的 丰富的 公开的 及时的 准确的 详细的 清晰的 健全的 完备的 完善的 优良的 优秀的 这样的 那样的 如此的 类似的 较大的 较高的 很大的 很高的 \
    任何的 条的 款的 项的 增长的 充分的 足够的 适当的 完全的 完整的 良好的 高的 严格的 具体的 其他的 固定的 下达的 预期的 特定的";

/// Adverbs before a negation that make of it the predicate of its clause: 决不迁就一时的困难.
pub const ADVERBS: &str = "决 绝 从来 并 永 永远 既 又 更";

/// What 无 and 没有 lack where the rest says what is done all the same: 无正当理由拆除水渠.
pub const REASONS: &str = "正当理由 合法理由 法定理由 正当事由 特殊情况";

/// Verbs that take such an object, however it is described: 不能满足村民日益增长的用水需要.
pub const OBJECT_VERBS: &str = "\
    因 由于 对 受 遭受 迁就 发挥 采取 开展 享有 享受 承担 给予 保证 保障 维护 实现 接受 \
    符合 具备 达到 遵守 履行 按照 按 依照 执行 满足 适应 影响 损害 破坏 侵犯 改变 危害 妨碍 辜负 愿 愿意 主张 承认 赞成 允许 帮助 利于 懂得 知道 理解 认识 \
          敢 存在 发生 出现 发现 形成 向 在 从 把 与 就 为 以 及时 提供 标明 明示 发放 建立 取得 完成 包括 断绝 同意 支持 参加 依法";

/// What a person does who does not accept a decision: 不服决定提起诉讼.
pub const RECOURSES: &str = "提起 申请 上诉 起诉 申诉 提出 要求";

/// Words at the start of a clause with the same effect at a distance: 对因缺水而不能灌溉的村.
pub const LEADING_GOVERNORS: &str = "对 将 把 对于 凡 凡是 因";

/// Words before a negation that make of the negated phrase the description of a noun: 对不合格的水渠.
pub const GOVERNORS: &str = "在 因 由于 使用 销售 生产 经营 购买 采购 调整 修改 废止 取消 纠正 整改 清理 清退 减少 对 将 把 向 给 凡 凡是 对于 其他 解决 改变 克服 改革 淘汰 关闭 处理 整治 取缔 那些 这类 这些 该 等 下列 各类 一些 某些 所有 部分 少数 许多 大量";

/// The words of a list.
pub(super) fn list(words: &'static str) -> impl Iterator<Item = &'static str> {
    words.split_ascii_whitespace()
}
