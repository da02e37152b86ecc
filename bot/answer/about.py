"""What can be asked of the notice itself: its number, date, issuers, title, addressees, size."""

import re
from enum import StrEnum

from bot.plan.model import Plan


class Aspect(StrEnum):
    """A fact about the notice."""

    DOCUMENT_NUMBER = "文号"
    INDEX_NUMBER = "索引号"
    ISSUED = "发文日期"
    ISSUERS = "发文机关"
    PUBLISHED = "网上发布的时间"
    NORMATIVE = "是否规范性文件"
    SOURCE = "来源"
    TITLE = "标题"
    ADDRESSEES = "主送单位"
    DEPARTMENTS = "列名的科室和单位"


_RULES: tuple[tuple[Aspect, re.Pattern[str]], ...] = tuple(
    (aspect, re.compile(pattern))
    for aspect, pattern in (
        (
            Aspect.NORMATIVE,
            r"(?:这|该|本|此)[份个件]?(?:工作)?(?:通知|文件|要点|公文).{0,6}规范性文件(?!的?(?:合法|审核|备案|管理))|"
            r"(?:是不是|是否|属不属于|算不算|算|属于|属).{0,2}规范性文件",
        ),
        (
            Aspect.PUBLISHED,
            r"(?:发(?:布|文|出来|的)|挂(?:出来|上)?|公开|上网|上传|公布)[^,。?!]{0,6}(?:几点|时刻)|"
            r"(?:通知|文件|要点|网上|网站)[^,。?!]{0,8}几点几分|几点(?:几分|钟)?(?:正式)?(?:发(?:布|文|出来|的)|挂|公开|公布|上网|上传)|"
            r"(?:网上|网站|网页|官网)[^,。?!]{0,4}(?:哪天|哪一天|什么时候|啥时候|几号|何时|几点)[^,。?!]{0,4}(?:发|挂|公开|公布|登)|"
            r"(?:网上|网站|网页|官网)[^,。?!]{0,4}(?:发布|公开|公布|挂)(?:出来)?的?(?:日期|时间)|公开(?:的)?(?:日期|时间)",
        ),
        (Aspect.SOURCE, r"(?:信息|文章|页面|网页)(?:上)?(?:的)?[“\"]?来源|来源[”\"]?(?:栏|处|一栏|那栏)"),
        (Aspect.INDEX_NUMBER, r"索引\s?(?:号|编号)|index number"),
        (
            Aspect.DOCUMENT_NUMBER,
            r"文号|发文(?:字|编)?号|(?:文件|公文)(?:的)?(?:编号|字号|号)|几号文|多少号文|\d+号文|"
            r"字号(?:是|多少)|document number",
        ),
        (
            Aspect.ISSUED,
            r"(?:发文|印发|发布|成文|落款|公文生成|生成|签发|下发|制发|出台)(?:的)?(?:日期|时间|日子|年月日)|"
            r"\d+[日号](?:就|才)?(?:印发|发布|发文|发|印|出台|公布|落款)的?|(?:文件|要点|通知)是哪(?:一)?年的|"
            r"(?:什么时候|啥时候|何时|哪(?:一)?(?:天|年|月|日)|几月几[号日]|几[号日])(?:份)?(?:正式)?(?:发|"
            r"印|出台|下|公布|落款)(?:文|发|布|的|来|出)?(?!动)|"
            r"落款.{0,6}(?:哪|几|什么时候|日期|时间)|(?:文件|要点|通知).{0,6}(?:什么时候|啥时候|"
            r"何时|哪天|几月|几号).{0,3}(?:发|印|出|下)|(?:发|印发|下发|出)(?:文)?(?:是|于|在)?(?:什么时候|"
            r"哪天|几月几|几号)",
        ),
        (
            Aspect.ADDRESSEES,
            r"(?:印?发|下发|主送|抄送|送)给?(?:到)?(?:了)?(?:谁|哪些(?:单位|人|学校)?|哪几(?:类|种)?(?:单位|学校)|哪里|什么单位)|"
            r"主送(?:单位|机关|对象)?|印?发(?:放|送)?(?:的)?(?:对象|范围)",
        ),
        (
            Aspect.ISSUERS,
            r"(?:发文|印发|发布|制发|落款|行文|制定|署名|盖章|联合(?:印)?发文?)(?:的)?(?:机关|单位|机构|部门|主体)|"
            r"(?:是|由)?(?:谁|[哪那](?:两|几|些)?(?:个|家)?(?:单位|部门|机关|机构)?)(?:联合|一起|"
            r"共同)?(?:发(?!展|挥|现|动|力|起)(?:文|布|出)?|印发|制定|下发|出台|盖章|署名|落款|"
            r"出)(?:的|了)?(?:这|$|[?!,。 的]|文|布)|落款.{0,4}(?:谁|哪[几两]?[个家]|单位)",
        ),
        (
            Aspect.TITLE,
            r"^全称是什么|(?:文件|通知|要点|公文|全)(?:的)?(?:标题|题目|全称|名称|名字)(?:的?全称)?(?:是|叫|里|中|完整|怎么写|$|[?!。,])|(?:标题|"
            r"题目)(?:是|叫|怎么写)(?:什么|啥)?|完整(?:的)?(?:标题|题目|名称)|正文(?:的)?(?:标题|题目)|(?:文件|通知|要点)(?:叫|名叫)(?:什么|啥)",
        ),
        (
            Aspect.DEPARTMENTS,
            r"^(?:这份|整份|该|本)?(?:要点|文件|整个|全文|全局).{0,8}(?:涉及|提到|出现|列了|列名|有)(?:了|过)?"
            r"(?:哪些|几个|多少个?|哪几个)(?:责任)?(?:科室|部门|单位)|(?:科室|部门|单位).{0,8}去(?:掉|除)?重(?:复)?的?.{0,6}(?:多少|几)|"
            r"去(?:掉|除)?重复.{0,12}(?:科室|部门|单位)|"
            r"(?:要点|文件|全文).{0,10}(?:点到|点名|列名|涉及|提到|出现|有)(?:了|过)?(?:哪些|几个|多少个?|几家|多少家)(?:责任)?(?:科室|部门|单位)",
        ),
    )
)


_WHICH = re.compile(r"哪[份部个本]")
"""应执行哪份清单,请给文件名称 asks for a document that the text names, not for the notice."""


def find_aspect(text: str) -> Aspect | None:
    """What a normalised question asks of the notice itself; None where it is about a point."""
    for aspect, pattern in _RULES:
        if pattern.search(text) and not (aspect is Aspect.TITLE and _WHICH.search(text)):
            return aspect
    return None


def state(plan: Plan, aspect: Aspect) -> str | None:
    """The fact, verbatim from the notice's head; None where the notice has none."""
    issued = plan.issued and f"{plan.issued.year}年{plan.issued.month}月{plan.issued.day}日（{plan.issued}）"
    published = plan.particular("发布时间", "公开时间", "公开日期", "发布日期")
    title = f"{plan.title}（通知的标题：{plan.notice_title}）" if plan.notice_title else plan.title
    value = {
        Aspect.DOCUMENT_NUMBER: plan.document_number,
        Aspect.INDEX_NUMBER: plan.index_number,
        Aspect.ISSUED: issued,
        Aspect.ISSUERS: "、".join(plan.issuers),
        Aspect.PUBLISHED: published,
        Aspect.NORMATIVE: plan.particular("是否规范性文件"),
        Aspect.SOURCE: plan.particular("来源", "信息来源", "文章来源"),
        Aspect.TITLE: title,
        Aspect.ADDRESSEES: plan.addressees,
        Aspect.DEPARTMENTS: f"{len(plan.departments)}个:" + "、".join(plan.departments) if plan.departments else None,
    }[aspect]
    return value or None
