"""What sort of value a question asks for: a count of schools, a percentage, a date, a name that no plan gives."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.answer.figures import MEASURES, Figure, FigureKind
from bot.answer.numerals import CHINESE, parse_number


class Asked(StrEnum):
    """The sort of value asked for."""

    COUNT = "count"
    PERCENT = "percent"
    MONEY = "money"
    DATE = "date"
    ORDINAL = "ordinal"
    MEMBERS = "members"
    """The members of a named or counted list: 哪三个率, 八大什么."""
    DIRECTION = "direction"
    PHRASE = "phrase"
    """A named formula: 两个什么什么, 一校一什么."""
    GOAL = "goal"
    """The target, whatever its sort."""
    ABSENT = "absent"
    """What plans do not give: names of schools and persons, telephone numbers, addresses, fees by head."""


@dataclass(frozen=True, slots=True)
class AskedValue:
    """The sort of value, the measure word asked with (所, 个), the number of members named, and where it stands."""

    asked: Asked
    start: int
    end: int
    measure: str = ""
    number: float | None = None
    thing: str = ""
    """What plans do not give, in Chinese, for the reply."""


_DURATION = "多久"
_TIME_UNITS = frozenset(("分钟", "小时", "天", "日", "周", "月", "个", "年", "工作日", "学时", "课时"))
_NOT_BY_GE = frozenset(
    ("年", "月", "天", "小时", "分钟", "期", "级", "次", "节", "轮", "届", "课", "周", "学时", "层", "步")
)
_HOW_MANY = r"(?:(?<![们咱这那好攒])几(?!乎|何|率|位一体)|多少(?!年来)(?!.{1,8}就.{0,4}多少)(?<!就.多少))"
_MEASURE_GROUPS = (
    frozenset("个所家校园座处间"),
    frozenset(("人", "名", "位", "个", "万人", "万名", "人次", "户", "对")),
    frozenset(("项", "类", "种", "方面", "大", "个", "条", "批", "套", "件", "层", "步", "支", "门", "本", "篇")),
    frozenset(("样", "项", "种", "份", "件")),
    frozenset(("回", "次", "场", "趟", "遍")),
    frozenset(("次", "场", "轮", "期", "批", "堂", "节", "课", "届", "天", "小时", "学时")),
    frozenset(("年",)),
    frozenset(("级", "层", "星")),
    frozenset(("万元", "元", "亿元")),
)
EACH_COUNTED = r"几[\u4e00-\u9fff]{1,3}几[\u4e00-\u9fff]{1,3}?(?=$|[?,。是吧])"
"""几随机几公开."""
_RULES: tuple[tuple[Asked, re.Pattern[str], str], ...] = tuple(
    (asked, re.compile(pattern), thing)
    for asked, pattern, thing in (
        (
            Asked.ABSENT,
            r"(?:密码|password|验证码)[^,。?!]{0,8}(?:多少|什么|啥|忘|怎么|咋|how|reset|重置|找回|登)|"
            r"(?:账号|帐号)(?:是|都)?(?:多少|什么(?!时候)|忘|登不)|(?:忘(?:了|记)|重置|找回).{0,4}(?:密码|password)|怎么登(?:录|陆|不)",
            "账号密码",
        ),
        (
            Asked.ABSENT,
            r"(?:现在|目前|眼下|至今|截至目前|截止目前|如今)(?:已经|都|实际|到底|的)*"
            r"(?:到|达到|做到|完成|推进|进展)(?:了|到|的)*(?:多少|几成|百分之几|什么程度|哪一步|哪步|几个了|几所了)|"
            r"(?:已经|实际)(?:达到|做到|完成|到)(?:了)?(?:多少|几成|百分之几|什么程度|哪一步)|(?:完成|进展|处理|办理|办|推进)到(?:了)?(?:哪一步|哪步|什么程度|几成)了",
            "目前的进展",
        ),
        (
            Asked.ABSENT,
            r"(?:要|需要|得|该|应)(?:交|带|提交|准备|提供|递交)(?:一?些|的)?(?:哪些|什么|啥|几样)(?:申报|申请|报名)?(?:材料|证件|资料|证明|手续|表格?)|"
            r"(?:哪些|什么|啥)(?:证件|证明|手续|申报材料|申请材料|报名材料)",
            "要交的材料",
        ),
        (
            Asked.ABSENT,
            r"(?:周末|周[一二三四五六日天]|星期[一二三四五六日天]|节假日|中午|国庆|暑假)(?:还)?"
            r"(?:上不上[班斑]|[上办][班斑公](?:吗|不|么|没)|有没?有?人(?:在|上班|值班))|几点(?:上|下)班|(?:上班|办公|办事|下班)时间",
            "办公时间",
        ),
        (
            Asked.ABSENT,
            r"phone number|telephone|phone(?= ?(?:是|多少|号))|"
            r"(?:电话|手机号|座机|微信(?!公众)|邮箱|联系方式|网址|链接|二维码|qq)(?:号码?)?(?:是)?(?:多少|"
            r"什么|啥|几)?|怎么联系|联系人|website|email",
            "联系方式",
        ),
        (
            Asked.ABSENT,
            r"(?:具体)?(?:地址|地点|位置|选址)(?:在|是)?(?:哪里|哪儿|什么|啥)?|在哪(?:里|儿|个网站)?(?:下载|领取?|填|提交|递交)|在(?:哪里|哪儿|"
            r"哪个(?:楼|地方|位置)|哪条(?:路|街))(?:办|开|建|举行|上)?|在哪(?=上课|[?!,。 ]|$)|"
            r"(?:选址|坐落|建)在哪|在?几楼|[哪几]层楼|几号楼|哪(?:栋|幢)楼?|门牌号",
            "地点",
        ),
        (
            Asked.ABSENT,
            r"(?:[一二三特]等奖|冠军|第一名|状元|金奖)(?:得主|获得者)?(?:是|都是|给了|归|被)*(?:谁|哪)|"
            r"谁(?:拿|得|获)(?:的|了|到)*(?:[一二三特]等奖|冠军|第一名|奖)|"
            r"(?:局长|书记|主任|科长|校长|园长|组长|负责人|领导|老师|督学|专家)(?:分别|各|都)?(?:是|叫|姓)(?:谁|"
            r"什么|啥)|(?:主任|局长|科长|校长|负责人|领导)?(?:的)?姓名|谁(?:当|是|来当)(?:局长|书记|主任|科长|校长|园长|组长)|姓(?:什么|啥)|多大(?:年纪|"
            r"岁)",
            "人名",
        ),
        (
            Asked.ABSENT,
            r"(?:学校|高中|幼儿园|小学|初中|中学|校|园|老师|教师|人)(?:都|分别|各)?(?:(?:叫|取|起)(?:什么|啥|个什么)|"
            r"是(?:什么|啥)(?:名|校名|名字|名称|名子))|"
            r"(?:名字|校名|大名)(?:都|全|给我|一个个|一个一个|逐个|逐一|挨个|分别|一一|也)*(?:列|报|发|给我?|说|念|数)|"
            r"(?:分别|都|各)?(?:叫|取|起)(?:什么|啥)(?:名字|名子|名儿?|校名)|(?:分别|都|各自)叫(?:什么|"
            r"啥)|校名|(?<!门)(?<!室)(?<!位)名单|(?:入选|中选|获评|评上)(?:了)?的?(?:是|有|都是|都有)?哪|(?<!单位)(?<!部门)(?<!科室)是哪(?:几|些|两|三)?(?:所|家)(?:学校|高中|小学|"
            r"幼儿园|中学|初中)?[呀啊呢哦]?(?:[?!,。 ]|$)|哪(?:几|些)?本书|书单|"
            r"哪(?:些|几个)(?:国家|城市|企业|公司|高校)(?=[?!,。 ]|$)|"
            r"哪(?:些|几个|个)(?:街道|镇|乡|社区|小区|地块|片区)|哪(?:几|两)所(?:学校|高中|小学|幼儿园)?(?:[?!,。 ]|$)",
            "名称或名单",
        ),
        (
            Asked.ABSENT,
            r"(?:科|办|中心|股|室|局|处)(?:里)?(?:一共|总共|现在)?(?:有|共)?(?:几|多少)(?:个)?"
            r"(?:人|号人|员工|编制|干部)(?:[?!,。 ]|$)|"
            r"^\x00*(?:里)?(?:一共|总共|现在)?(?:有|共)(?:几|多少)(?:个)?(?:人|号人|员工|编制|干部)[?!。 ]*$",
            "科室的人数",
        ),
        (Asked.ABSENT, r"哪(?:家|个|几家)(?:公司|企业|医院|施工|承建|建筑|品牌|厂家)", "具体的单位名称"),
        (
            Asked.ABSENT,
            r"(?:我们|咱们?|我)(?:学校|校|园|班|这边)?(?:能|可以|会|要)?(?:分|拿|摊|得(?=到))(?:到|了)?(?:几|多少)(?:个|名|所|人)?|"
            r"(?:分给|分到|分配给?|划给|拨给)(?!初中|小学|高中|幼儿园).{0,6}?(?:几|多少)(?:个|名|所|人)?",
            "分配的数量",
        ),
        (
            Asked.MONEY,
            r"(?:补贴|补助|津贴|工资|收费|资助|课时费|奖金)(?:的)?标准(?=$|[,。?! ]|查|是|报)|"
            r"(?:总?投资|资金|造价|投入)(?:总额|额度?|规模|概算|预算|估算)?(?:是|为|有|达到?|要)*(?:多少|几|好多)|"
            r"好多钱|多少(?:钱|前(?=$|[?。, ])|元|块|万|亿|经费|资金|费用)|"
            r"几(?:个)?(?:亿|千万|百万)|几(?:块|元|万|百|千)(?:钱|元)?|(?:收费|费用|"
            r"价格|工资|薪水|薪资|补贴|补助|津贴|奖金|待遇|学费|预算|资助金?|经费|标准)(?:标准|"
            r"金额)?(?:是|有|为|能|会|一共|总共|要|给|发|一个月|每月|一学期)?(?:多少|好多|几|怎么算|"
            r"多高)|"
            r"(?:奖补|补助|资助|经费|生均|收费|学费|补贴|补助|配套|的钱)[^。?!]{0,14}多少(?![个所名人条项次期轮家课])|"
            r"(?:花|收|交|给|发|补|拨|投|开|投入|安排|资助|奖励|补助)(?:了|的)?(?:多少|几)(?:钱|"
            r"元|块|万|亿|工资|经费)?(?![个所名人条项次期轮家娃班]|学生|孩子|新生|老师|教师)|月薪|年薪|(?:工资|收入|待遇|收费标准|"
            r"价钱|价格)(?:怎么样|如何|怎样|咋样|高不高|是啥|$)",
            "",
        ),
        (
            Asked.PERCENT,
            r"多[少大]的?比例|百分之(?:几|多少)|(?:多少|几)个?(?:%|百分点)|几成|(?:比例|百分比|占比|比率)(?:是|"
            r"要|达到|为|有|得)*(?:多少|几|多高)?|[\u4e00-\u9fff]率(?:要|得|是|为|有|应|须|需|"
            r"目标|达到|达|提到|提高到|超|超过|过|定|定在|降到|控制在|今年|多高|指标|到)*(?:多少|"
            r"几|多高)|what percent(?:age)?",
            "",
        ),
        (
            Asked.COUNT,
            r"多久[\u4e00-\u9fff]{0,3}一(?:次|回|趟)|多长时间一次|几(?:天|周|个月)一次|频(?:次|率)(?:是|要求|怎么|$)",
            "频次",
        ),
        (
            Asked.ORDINAL,
            r"(?:轮次|期数|届数|第几)(?:是|为|到)?(?:多少|几)|第(?:几|多少)(?:轮|届|期|批|次|回|个|阶段|标准|名|位)|(?:搞|办|开展|进行|推进|轮|做|干|走|排|"
            r"实施)?到(?:了)?(?:第)?几(?:轮|届|期|批)|几(?:轮|届|期)(?=了|啦|啊|的|$|[?!,。 ])|"
            r"是几期",
            "",
        ),
        (
            Asked.DATE,
            r"(?:什么|啥|甚么|哪个|哪一|哪|什麽)(?:时候|时间|时期|日子)|何时|几时|哪(?:天|年|月|"
            r"一年|一天|个月)|几月(?:几[号日])?(?:份)?|几[号日](?!文)|(?:截止|截至|完成|最后|"
            r"最晚|最迟)?(?:时间|日期|期限|时限|时间节点|节点|deadline)(?:是|到|为|在|有|要求)*(?:什么|"
            r"啥|几|哪|多久|多少)?(?:时候)?|deadline|when|几点|几(?:天|个工作日)(?:内|得|就|能|之内)|多久(?!一次)|多长时间|"
            r"(?:到|在)(?:哪年|几几年|哪一年)|(?:截止|截至)(?:到)?(?:哪|什么|啥|几)?|最(?:晚|迟)",
            "",
        ),
        (
            Asked.PHRASE,
            rf"{EACH_COUNTED}|"
            r"[一二两三四五六七八九][\u4e00-\u9fff]?一?[”\"]?(?:什么什么|啥啥|xx+|什么|啥)|(?:什么什么|"
            r"啥啥|xx+)|全称(?:是|叫)?(?:什么|啥)?|几加几|(?:提法|口号|原则|说法|表述|要求)(?:是|"
            r"叫|怎么写的?)(?:什么|啥)?",
            "",
        ),
        (
            Asked.MEMBERS,
            r"[二两三四五六七八九十](?:个|项|种|大)[“\"]?[\u4e00-\u9fff]{1,4}[”\"]?[,]?(?:逐个|逐一|分别|一一|挨个|都)(?:地)?(?:报|列|说|写|念)|"
            rf"(?<![{CHINESE}])[二两三四五六七八九十](?:个|项|种|类|支|大|方面)[^,。?!]{{0,10}}?(?:具体)?(?:是|"
            rf"指|有|包括|分别|叫)+(?:什么|啥|哪(?:些|几)?)|(?:是|有|指|包括|分别是|分)?哪(?:几|"
            rf"[一二两三四五六七八九十\d]+)(?:大)?(?:{MEASURES}|率|方面|要素|制度|样|者|块|方|"
            rf"层|维度)?|(?:几|[一二两三四五六七八九十])大(?:什么|啥)|"
            r"分别(?!.{0,5}(?:几|多少))(?:是|有|指|叫|为)?(?:什么|"
            r"啥|哪(?:几|些|[一二两三四五六七八九十])?)?(?:个|项|种)?|(?:包括|包含|涵盖|含|指)(?:了)?(?:什么|"
            rf"啥|哪(?:些|几)?)",
            "",
        ),
        (
            Asked.DIRECTION,
            r"(?:是)?(?:增|涨|升|多)(?:加|长)?(?:还是|or|或)(?:减|降|跌|少)(?:少)?|(?:能不能|"
            r"可不可以|要不要|会不会|可以|能)(?:再)?(?:适当|稍微)?(?:增加|扩大|减少|放开|加|扩|增)(?:一?点|一些)?(?:吗|咯|吧|么|[,?!。]|"
            r"$)|让增还是让减|(?:放开|放宽|放松|扩大|收紧|缩减)还是(?:收紧|缩减|控制|放开|放宽)|(?:增|涨)(?:了|还)?(?:是)?减|怎么(?:变|控制)|什么方向",
            "",
        ),
        (
            Asked.COUNT,
            rf"(?:{_HOW_MANY})(?:大|万|百|千)?(?:个人(?!才|员)|{MEASURES}|路|样|率|册|方|回|趟|"
            rf"遍)?|how many|(?:总数|总量|总额|数量|人数|名额|规模|总名额|总规模|个数|校数|数目)(?:有|"
            rf"是|为|规模)*(?:多少|多大|几|几何)?|(?:规模|名额)?多大",
            "",
        ),
        (
            Asked.GOAL,
            r"(?:目标|指标|任务指标|目标值|完成标准|标准)(?:值)?(?:是|为|定|有|要求)*(?:多少|"
            r"什么|啥|几|怎么定的?)?|要达到(?:什么|啥|多少)(?:程度|水平|标准|目标)?|达到(?:多少|"
            r"几|什么)|target|goal",
            "",
        ),
    )
)


_COUNTED_LIST = re.compile(
    r"[二两三四五六七八九十](?:个|项|种|类|支|大)(?!教育集团|高中|学校|集团)[^,。?!所家]{1,8}[,、]?(?:分别|"
    r"都|各)?(?:叫|是)(?:什么|啥)"
)
"""三种课堂分别叫什么 asks for a list, not for the names of schools."""


ASKED_FOR = {
    FigureKind.COUNT: Asked.COUNT,
    FigureKind.PERCENT: Asked.PERCENT,
    FigureKind.MONEY: Asked.MONEY,
    FigureKind.DATE: Asked.DATE,
    FigureKind.ORDINAL: Asked.ORDINAL,
    FigureKind.DIRECTION: Asked.DIRECTION,
}
"""The sort of value that asks for a figure of a kind."""


def find_asked(text: str) -> AskedValue | None:
    """The sort of value that a normalised question asks for; None where it asks for none."""
    for asked, pattern, thing in _RULES:
        if asked is Asked.ABSENT and _COUNTED_LIST.search(text):
            continue
        for found in pattern.finditer(text):
            if not found.group() or _is_no_question(asked, text, *found.span()):
                continue
            number = re.search(r"([\d二两三四五六七八九十]+)", found.group()) if asked is Asked.MEMBERS else None
            if asked is Asked.DATE and re.search("多久|多长|几天|几个工作日", found.group()):
                return AskedValue(asked, *found.span(), measure=_DURATION)
            measure = re.search(
                rf"(?:几|多少|哪[一二两三四五六七八九十\d]*|大)(个人|{MEASURES}|样|回|趟|遍)", found.group()
            )
            return AskedValue(
                asked,
                *found.span(),
                measure="次" if thing == "频次" else measure.group(1).replace("个人", "人") if measure else "",
                number=parse_number(number.group(1)) if number else None,
                thing=thing,
            )
    return None


def find_alternatives(text: str) -> tuple[str, str] | None:
    """The two words that a normalised question offers: 市级, 省级 of 是市级的还是省级的."""
    found = _ALTERNATIVES.search(text)
    if not found:
        return None
    second = found.group(2)
    first = found.group(1)[-len(second) :]
    return (first, second) if len(first) == len(second) and first != second else None


_ALTERNATIVES = re.compile(r"([\u4e00-\u9fff]{2,8}?)的?[,]?还是([\u4e00-\u9fff]{2,6}?)的?(?:[?,。!吗呢]|$)")


def _is_no_question(asked: Asked, text: str, start: int, end: int) -> bool:
    """A word such as 时间 or 标准 that states rather than asks."""
    piece = text[start:end]
    if asked is Asked.GOAL and re.search("(?:什么|啥|哪[个种些])$", text[:start]):
        return True  # 立足的是什么标准
    asking = re.search(r"几|多少|什么|啥|哪|何|谁|多[久大高长]|怎|when|what|how|deadline|xx", piece)
    if asked in (Asked.DATE, Asked.PERCENT, Asked.GOAL, Asked.COUNT) and not asking:
        return not re.fullmatch(r"[\s?!。,呢]*", text[end:])
    return asked is Asked.PHRASE and not asking and "全称" not in piece


def fits(figure: Figure, value: AskedValue) -> bool:
    """Whether a figure is of the sort, and counted in a measure that goes with the one asked."""
    kinds = {
        Asked.COUNT: {FigureKind.COUNT},
        Asked.PERCENT: {FigureKind.PERCENT},
        Asked.MONEY: {FigureKind.MONEY},
        Asked.DATE: {FigureKind.DATE},
        Asked.ORDINAL: {FigureKind.ORDINAL},
        Asked.DIRECTION: {FigureKind.DIRECTION},
        Asked.PHRASE: {FigureKind.DIRECTION},
        Asked.GOAL: set(FigureKind),
    }.get(value.asked, set())
    if value.asked is Asked.DATE and value.measure == _DURATION and figure.kind is FigureKind.COUNT:
        return figure.unit in _TIME_UNITS
    if figure.kind not in kinds:
        plain_number = value.asked is Asked.COUNT and value.measure == ""
        return plain_number and figure.kind in (FigureKind.PERCENT, FigureKind.MONEY)
    if value.asked is not Asked.COUNT or not value.measure or figure.unit == value.measure:
        return True
    if value.measure == "个" and figure.unit not in _NOT_BY_GE:
        return True
    return any(value.measure in group and figure.unit in group for group in _MEASURE_GROUPS)
