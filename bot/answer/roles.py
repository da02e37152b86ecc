"""Which part of a department is asked about: what it leads, what it only takes part in, or both."""

import re

from bot.answer.cues import A_NOT_A, Cue
from bot.answer.question import Role

_LEADS = (
    r"(?:总?牵(?:的)?头|主办|主管|带头|挑头|抓总|负总责|打头阵?|领头|主抓|主责|为主|挂帅|lead|[唱当]主角|扛(?:大)?旗|"
    r"排(?:在)?(?:第一|头一个|头里|首位|最前面?))的?"
)
_HELPS = (
    r"(?:配合|参与|参加|协办|协助|协同|打下手|打配合|帮忙|搭把?手|当?配角|陪跑|沾边|"
    r"(?:排|摆|列|站)(?:在)?(?:最)?(?:后面?|末尾|第二))的?"
)
_LEFT_OUT = (
    r"项?(?:就|都|先)?(?:不要|不算|不列|不写|不含|不计|不用|不报|不管|别(?!人|的|家)|除外|之外|以外|去掉|剔除|"
    r"刨[掉除去])"
)
_OTHERS = r"(?:别人|人家|别的科室|其他科室|其他部门)?的?"
_JOINED = r"(?:和|加上?|跟|与|及|以及|带|、|\+|/|,|或|或者|还是|连同|同|兼)*(?:只是|还有|自己|人家)?"
_ONLY_LEADING = re.compile(rf"{_HELPS}{_LEFT_OUT}|不(?:含|算|包括|要){_HELPS}|(?:只|仅|光)(?:是|要|看|列|有)?{_LEADS}")
_WITHOUT_LEADING = re.compile(
    rf"{_LEADS}{_LEFT_OUT}|(?:除(?:去|掉|开|了)?|去掉|刨(?:去|掉)|不算|不要|不含)(?:自己|它)?{_LEADS}|"
    rf"(?<!是)(?:不|非|没有?|并非|不是(?:它|自己|它自己|由它)?){_LEADS}|(?:只|仅|光)(?:是|要|看|列|有)?{_HELPS}"
)
_EITHER = re.compile(
    rf"{_LEADS}(?:还是|或者?|和|跟|、)?[不没非](?:是)?{_LEADS}|{_LEADS}{_JOINED}(?:不|非|没)?{_HELPS}|{_HELPS}{_JOINED}{_LEADS}|"
    rf"{_LEADS}.{{0,6}}{_HELPS}.{{0,4}}(?:都|也|全|合计|总共|一起|一并)|{_HELPS}.{{0,6}}{_LEADS}.{{0,4}}(?:都|也|全|一并)|"
    rf"(?:{_LEADS}|{_HELPS}){_OTHERS}(?:那?几?[条项])?(?:也|都|全|一并|一起|照样)(?:给我)?(?:算|要|列|计|报|写|包括|带上)|"
    rf"(?:不论|不管|无论|不分|不限|不问|不区分|含|包括|包含|算上|加上|带上|连).{{0,3}}"
    rf"(?:{_LEADS}|{_HELPS}|主次|角色|排名|排第几)|"
    r"主次(?:不分|不论|都)|排(?:名|在)?第?几(?:都|也)"
)


def find_role(text: str, cues: frozenset[Cue]) -> Role | None:
    """The part that a normalised question asks about; None where it names none. `text` has the departments cut out."""
    text = re.sub(r"(?<=[只不没光仅非]) +", "", re.sub(A_NOT_A, "", text))
    if _ONLY_LEADING.search(text):
        return Role.LEAD
    either = _EITHER.search(text)
    without = _WITHOUT_LEADING.search(text)
    if without and not (either and either.start() <= without.start() < either.end()):
        return Role.PARTNER
    if either:
        return Role.ANY
    if Cue.NOT_LEAD in cues:
        return Role.PARTNER
    if Cue.ANY_ROLE in cues:
        return Role.ANY
    if Cue.LEAD in cues:
        return Role.LEAD
    return Role.PARTNER if re.search(_HELPS, text) else None
