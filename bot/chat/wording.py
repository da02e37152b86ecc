"""What the bot says of its own accord, in one place; used by the handlers of bot.chat."""

from unicodedata import category

HELP = """我根据区教育局的年度工作要点回答问题，先给结论，再引原文。可以这样问：
• 课后服务谁牵头
• 今年新增多少学位
• 德育科管哪些
• 是不是德育科牵头
• 第11条

接着问“目标呢”“还有谁参与”也行。

/item 11 看第11条原文（/item 3-10 是第三部分第10条）
/depts 看各科室的条目

在群里请 @我，或回复我的消息。要点里没有的，我会直说。"""
START = "您好，我是工作要点助手。\n\n" + HELP
ADMIN_HELP = """

管理员：
• 把通知（.docx .pdf .html .txt）或改好的 .yaml 文件直接发给我，我先报告读到了什么、和现在的有什么不同，点“启用”才生效
/reload 看文件夹里的改动
/releases 各个版本
/rollback 退回上一版
/export 导出正在用的文件和表格
/journal 没答上来的问题"""
DESCRIPTION = (
    "根据区教育局年度工作要点答问：谁牵头、谁配合、目标多少、科室管哪些。先给结论，再引原文和条目。\n"
    "例：课后服务谁牵头？"
)
SHORT_DESCRIPTION = "查工作要点：谁牵头、目标多少、原文怎么写。"
COMMANDS = (
    ("item", "看某一条的原文，如 /item 11"),
    ("depts", "各科室牵头和参与的条目"),
    ("help", "怎么用"),
)
ADMIN_COMMANDS = (
    *COMMANDS,
    ("reload", "看文件夹里的改动，决定是否启用（管理员）"),
    ("releases", "各个版本（管理员）"),
    ("rollback", "退回上一版（管理员）"),
    ("export", "导出正在用的文件和表格（管理员）"),
    ("journal", "没答上来的问题（管理员）"),
)

TEXT_ONLY = "我只看得懂文字，请把问题打出来。"
ASK_ME = "请把问题写在后面，如：课后服务谁牵头。"
UNKNOWN_COMMAND = "没有这个命令。直接提问就行，用法见 /help。"
ITEM_USAGE = "请写条目的编号，如 /item 11；按部分编号的写 /item 3-10（第三部分第10条）。"
ADMINS_ONLY = "只有管理员可以管理工作要点。"
NOT_SERVED = "这个机器人只供指定的人和群使用。如需使用，请把您的编号 {chat} 交给管理员。"
SORRY = "抱歉，出了点问题，这个问题没能回答。请稍后再试。"
TOO_BIG = "文件超过 20 MB，收不下。请只发通知的文件，图片多的请另存为纯文本（.txt）。"
NOT_FETCHED = "文件没有取到，请再发一次。"
READING_FILE = "收到 {name}，正在读取、比较和试问，请稍候……"
STAYS = "没有改动，仍用原来的工作要点："
REFUSED = "没有载入，仍用原来的工作要点。请改好后再发："
RELOAD_BROKE = "没有载入，仍用原来的工作要点：程序出了问题，详情见日志。"
NOTHING_NEW = "和正在使用的（第{number}版）完全相同，不用启用。"
IN_PRIVATE = "请私聊我使用这个命令。"
SERVED_ALREADY = "第{number}版已经在使用{who}。"
FELL_BACK = "启动时第{broken}版用不了，已改用第{number}版。原因：{error}"
SERVED = "第{number}版已启用，现在的回答都出自它。\n{changes}"
DISCARDED = "第{number}版已放弃，仍用第{active}版。"
EXPORTED = "这是正在使用的第{number}版：YAML 可以改好再发给我，CSV 可以用 Excel 打开。"
NOTHING_UNANSWERED = "最近没有答不上来的问题。"
GROWN = "被点“有用”的问题，按现在的回答列成了试题。核对、删改后把这个文件发回给我，以后换工作要点前都会试问一遍。"
FOLDER_SERVED = "文件夹里有改动，检查和试问都通过，已自动启用：第{number}版。\n{changes}"
FOLDER_PROPOSED = "文件夹里有改动，没有自动启用（{reasons}），请看报告再决定。\n\n{report}"
FOLDER_BACK = "文件夹里的文件改回去了，第{number}版不用再决定，已放弃。"
FOLDER_WELL = "文件夹里的文件现在没有错了，和正在使用的一致。"
FOLDER_REFUSED = "文件夹里的改动有错，没有启用，仍用原来的工作要点："

PREVIOUS, NEXT, USEFUL, USELESS = "上一条", "下一条", "有用", "没用"
TOO_OLD = "这个按钮已经失效，请重新提问。"
NOT_YOURS = "这是别人的提问，请您自己问我。"
FIRST_ALREADY = "已经是第一条了。"
LAST_ALREADY = "已经是最后一条了。"
THANKS = "谢谢，记下了。"
SORRY_NOTED = "记下了，我们会改进。"
NOT_NOW = "暂时记不下来，请稍后再试。"

YES, NO = "是。", "不是。"
NOTE = "注：{note}"
NOT_QUOTED = "另有 {count} 条，原文请发 /item 编号 查看。"
CUT_SHORT = "（太长了，后面的没有发出。）"
NOTHING = "（没有内容）"


def visible(text: str) -> str:
    """The text as Telegram takes it: no half surrogate pairs, no control characters, no white space around it.

    Every kind of space inside stays, because paragraphs are quoted to the stray space.
    """
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    kept = (char for char in whole if char in "\n\t" or not (category(char) == "Cc" or "\u2028" <= char <= "\u202e"))
    return "".join(kept).strip()
