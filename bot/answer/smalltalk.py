"""Messages that ask nothing of a plan: greetings, thanks, orders to the bot."""

import re

from bot.answer import wording

_TAIL = r"[\s,.!?。~…、:;()\-]*"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), reply)
    for pattern, reply in (
        (
            rf"^(?:(?:谢谢|多谢|谢了|感谢|辛苦|辛苦了|太好了|好人|谢谢你|谢谢您|谢谢啦|麻烦(?:你|"
            rf"您)?了|3q)(?:你|您|啦|了|哈|啊|哦|呀)*{_TAIL})+$",
            wording.WELCOME,
        ),
        (
            rf"^(?:(?:好|好的|好吧|好嘞|行|行吧|可以|嗯+|哦+|噢+|喔|ok|okay|收到|明白|明白了|知道|"
            rf"知道了|了解|了解了|懂了|原来如此|是吗|这样啊|这样|哈+|呵+|嘻+|对|对的|是的|没事|太(?:长|多|好|棒|牛|快)了|我?晕|厉害|牛|赞|不错|清楚了|学到了|好嘞|天哪|我去|"
            rf"没事了|先这样|没问题|不用了)(?:啊|呀|哈|啦|了|的|吧|哦|呢)*{_TAIL}(?:谢谢|多谢|"
            rf"谢了|辛苦|感谢)?(?:你|您|啦|了|哈|啊|哦|呀)*{_TAIL})+$",
            wording.HEARD,
        ),
        (
            rf"^(?:还有|另外|再|顺便)?(?:个|一个|一件)?(?:别的|其他|其它)?(?:事|问题)?(?:问(?:一下|"
            rf"下)?(?:你|您)?|请教(?:一下)?)?{_TAIL}$|^(?:再问(?:你|您)?(?:一下|"
            rf"一句|个事|个问题)?|换个(?:话题|问题|事)|另外(?:一件|一个)?(?:事|问题)?|问(?:你|"
            rf"您)?(?:个|一个)?(?:别的)?(?:事|问题)){_TAIL}$",
            wording.HEARD,
        ),
        (
            rf"^(?:(?:你好|您好|hi|hello|hey|哈喽|嗨|在吗|在不在|在不|在|有人吗|早|早上好|上午好|"
            rf"中午好|下午好|晚上好|早安|晚安|大家好|喂|亲|老师好|同志)(?:啊|呀|哈|啦|了|吗|,|"
            rf"!|~)*{_TAIL})+$",
            wording.GREETING,
        ),
        (rf"^(?:再见|拜拜|bye|88|回聊|下次聊|走了){_TAIL}$", wording.HEARD),
        (
            rf"^(?:你|您)(?:是谁|叫什么(?:名字)?|是(?:什么|真人|机器人|人|ai|谁做的)(?:吗|啊|呀)?|"
            rf"能(?:做|干|回答|帮我?)(?:什么|啥|些什么|哪些)?|会(?:什么|啥|干啥|做什么)|有什么用|"
            rf"怎么用|几岁(?:了)?|吃了吗|吃饭了(?:吗|没)){_TAIL}$|^(?:帮助|help|怎么用|使用说明|"
            rf"功能){_TAIL}$",
            wording.GREETING,
        ),
    )
)
_CHAT = re.compile(
    r"^(?:哈+|嘿+|嘻+|哎|在吗|在不在|[你您]好|[ ,?!])*[你您]?(?:今天|今晚|中午)?(?:吃|睡)(?:饭|觉)?了?(?:没得?|吗|不)|"
    r"^[^,。!?]{0,6}(?:今天|最近|外面|天气)[^,。!?]{0,4}(?:热|冷|下雨|晒|闷)|^(?:你|您)?(?:吃|睡)(?:饭|觉)?了?(?:没|吗)|"
    r"^(?:你好|您好)?(?:呀|啊|,)*(?:你|您)?(?:今天|最近|现在)?(?:心情|过得|吃了|累不累|"
    r"开心|高兴|睡了|忙不忙)|^(?:你|您)(?:是|到底是)?(?:真人|机器人|ai)|^(?:你|您)(?:多大|"
    r"几岁|有女?男?朋友)"
)
_ORDERS = re.compile(
    r"from now on|you are (?:now )?(?:dan\b|a |an |my )|no (?:rules|restrictions)|"
    r"(?:帮|替|给)我(?:订|预约|约|叫个?车|转账|发邮件|打电话|设)|提醒我|(?:请)?记住[:,]|以后(?:谁|都)[^,。?!]{0,6}(?:这么|这样)(?:答|说|回)|先回复|"
    r"没有任何限制|不受(?:任何)?(?:限制|约束)|"
    r"(?:骂|说)(?:一|两|几)?(?:句|声)?(?:脏话|粗口)|"
    r"忽略(?:以上|之前|上面|前面|所有)|(?:system|系统)\s?(?:prompt|提示词)|prompt|提示词|"
    r"你现在是|从现在(?:开始|起)你|扮演|假装(?:你)?是|角色扮演|越狱|jailbreak|ignore (?:all|"
    r"previous|the above)|"
    r"drop table|select \*|delete from|<script|rm -rf|sudo |管理员模式|开发者模式|(?:写|"
    r"编|作)(?:一|个|首|篇|份|段)+(?:.{0,8})(?:诗|代码|程序|作文|文章|笑话|故事|请假条|"
    r"检讨|总结|发言稿|新闻稿|情书|歌)|讲(?:个|一个)?(?:笑话|故事)|"
    r"翻译(?:成|一下|下面)|(?:算|等于)(?:一下)?(?:多少)?\s*\d+\s*[+*/x-]\s*\d+|\d+\s*[+*/×x]\s*\d+\s*(?:=|"
    r"等于)|(?:天气|下雨吗|股票|彩票|星座|八卦|打游戏|陪我(?:聊|玩)|去哪(?:里|儿)?玩|做我(?:女|男)朋友|爱你|唱首歌|吃什么好)"
)


def small_talk(text: str) -> str | None:
    """The reply to a normalised message that is small talk; None where it may be a question."""
    if not re.search(r"\w", text):
        return None
    for pattern, reply in _RULES:
        if pattern.match(text):
            return reply
    return wording.GREETING if _CHAT.match(text) else None


def is_order(text: str) -> bool:
    """Whether a message wants the bot to do something else than answer from the plan."""
    return _ORDERS.search(text) is not None


def asks_nothing(text: str) -> bool:
    """Whether a message has no letter or digit to go by, or only one character."""
    return len(re.findall(r"\w", text)) < 2
