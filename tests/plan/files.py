"""Files of knowledge for the tests of bot.plan, and the faults that reading them gives."""

from collections.abc import Callable

import pytest

from bot.errors import KnowledgeProblems

PLAN = """\
id: plan_2030
title: 2030年某某区教育工作要点
year: 2030
issuers: [某某区教育局]
issued: 2030-03-02
lead_rule: first_listed
departments: [教育科, 基建办]
sections:
  - number: 1
    title: 统筹发展
    points:
      - number: 1
        title: 加快项目建设
        text: "加快项目建设。2030年底前竣工项目6个,含高中2个。(基建办、教育科)"
        departments: [基建办, 教育科]
        targets:
          - what: 竣工项目
            value: 6个
            quote: 2030年底前竣工项目6个
            by: 2030年底前
        asked_as: [盖学校]
      - number: 2
        title: 提升课后服务
        text: 提升课后服务。(教育科)
        departments: [教育科]
"""

LEXICON = """\
departments:
  教育科: [教科]
other_departments: [财务科]
synonyms:
  - [竣工, 完工]
topics:
  - terms: [课后服务]
    asked: [托管, 晚托班]
"""


def faults(read: Callable[[bytes, str], object], data: str | bytes) -> list[str]:
    """What is told about the file, one text a fault."""
    with pytest.raises(KnowledgeProblems) as refused:
        read(data if isinstance(data, bytes) else data.encode(), "knowledge.yaml")
    return [str(problem) for problem in refused.value.problems]


def changed(old: str, new: str, text: str = PLAN) -> str:
    """The file with one place changed."""
    assert text.count(old) >= 1, old
    return text.replace(old, new, 1)
