"""Categories of disclosed information: the printed label and its code.

What lives here: cutting a label out of a list and finding its code. What does not: the codes and
their synonyms (`data/reference/categories.csv`).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ingest.reference.codebook import categories

_LEAD = re.compile(
    r"^(?:(?:继续|进一步)?(?:加强|推进|深化|做好|强化|抓好|加大)(?=.{3})|[\s,、;:)\]”]|其中|主要(?:包括|有|是|为|涉及)?|(?:20\d\d年度?|全年|今年|本年度?),?(?=(?:共|累计)?(?:主动)?(?:公开|发布))|包括|包含|分别(?:为|是|有)?|具体(?:为|是|包括)?|另有|还有|以及|有|是|涉及|属于|公示(?:了|的)?(?:各类|各种|各项)|"
    r"(?:公开|主要|重点|信息|的)*内容(?:主要)?(?:有|为|是|包括|涵盖|涉及)|涵盖|包含|含(?=[^义量]{3})|其次(?:是|为)?|再次(?:是|为)?|(?:数量)?(?:最多|最少|最大|较多|居多)的?(?:是|为)|的是|(?:今年)?(?:[我本市县区省州][^,;:。、]{0,8}?(?:办公室|局|委|厅|办|政府|镇|街道|中心)|同时|另外)?(?:共|累计)?(?:向社会|对外)?(?:主动)?(?:公开|发布|公布|更新|登载|新增)(?:了|的)?|(?:专栏|栏目)(?:公开|发布|公布|更新|登载)(?:了)?|[局委厅办镇]?(?:官网|(?:官方|门户|政府)?网站)(?:上|共)?(?:主动)?(?:公开|发布|更新)(?:了)?(?=[^,;。]{2,12}类)|信息、|累计|全年|共|即|如|[一二三四五六七八九十]{1,2}是|[一二三四五六七八九十]{1,2}\)|[①-⑳]|\(?\d{1,2}[.、)]|\([一二三四五六七八九十]+\)|"
    r"(?:按|从)[^,:]{1,12}(?:分|看|划分|统计|计算)[,:])+"
)
# 与公众密切相关 is no conjunction with a name before it
_CONJUNCTION = re.compile(r"^(?:和|及|与(?!民)(?![^,;。]{0,8}(?:相关|有关))|或)(?=.{2})")
_TAIL = re.compile(
    r"(?:\s|共计|共有|合计|总计|累计|分别|达到|各类|数量|总数|更新量|发布量|:|,|共|(?<![统审会设])计|为|是|有|达|约|近|的|了|数|"
    r"(?:主动)?(?:(?<!决策)(?<!执行)(?<!管理)(?<!服务)(?<!结果)(?<![政党财村居校院厂警医]务)公开|发布|更新|公布|占))++$"  # possessive: 共计 is also 共 and 计
)
_OF_INFORMATION = re.compile(r"(?<=方面)的信息$")
_MOST = re.compile(r"(?:信息)?(?:数量|占比|比重|比例|总量)?(?:最高|最大|最低|最多|居多|较多|居首|次之|最少)$")
# brackets that close inside a label belong to it: 应急管理(森林防火)类
_IN_BRACKETS = re.compile(r"\([^()\d]{1,24}\)")
_EXPLAINED = re.compile(r"(?<=[类息])\([^()]*\)$")  # 人事人才类(招聘公告、职称评审)
_CLAUSE_END = re.compile(r"[,;:(。!?]")
_DIGIT = re.compile(r"\d")
_MAXIMUM_LENGTH = 28  # longer labels are sentences
_NO_LABEL = re.compile(
    # bodies, villages, offices, languages
    r"[镇乡村县区市]一?级$"
    r"|(?:单位|部门|乡镇|街道|卫生院|学校|支队|大队|机关|局|镇|乡|办事处|委员会|管委会|办公室|政府办|中心|医院|[省市县]|园区|开发区|法院|公司|银行|大学|学院)$"
    r"|(?:村|校|院|单位|部门|社区|局|镇|乡|委|办|厅)公开|[两三四几]网|(?:(?<!学)科|科室|股|股室|办公室|处室|司|派出所|(?<!网)站|队)$|(?<!农)村$|^各?(?:乡镇|乡|镇|街道)\([^()]{1,4}\)$"
    r"|[汉藏蒙彝朝维][^,]{0,2}文(?:版|信息)?$|[英中]文(?:版|信息)?$|尔文(?:版|信息)?$"
    # headings of tables, words of time and of sums
    r"|^(?:工作)?(?:人员|制度|办法|企业|户|村|文书|项目|档案|大类)$|^(?:数量|序号|比例|信息类别|类别|单位|备注)(?:\(.{1,4}\))?$|上述"
    r"|不包含|不含|年度?$|^本年|历年|累计|新增|合计|共计|^个?大类$|^在?累计|总量$|存量$|季度|上半年|下半年|[日月人]均|以来"
    # readers and what they say
    r"|上报|报送|采用|转载|关注|粉丝|阅读|点击|访问|照片|图片新闻$|意见(?!征集|稿|反馈|与意见反馈)|建议(?!和?提案|(?:的)?办理)|(?<!建议)(?<!建议和)提案(?!建议|(?:的)?办理)|^(?:共|已)*(?:承办|办理|办复|办结|答复|收到|接到|受理)[^,]{0,12}(?:建议|提案)|问题(?!解答|咨询类)|横幅|栏目|附件|诉求|工单|来信|留言|咨询(?!类)|用户|获赞|点赞|评论"
    # requests, cases, checks
    r"|申请(?![^,]{0,14}(?:公示|公告|结果|名单)$)|复议|诉讼|投诉|举报|培训班|会议次|(?:^|下发|印发|发出)通报|(?:^|限期|督促|责令|已|完成|落实)整改|依申请公开|不予公开|网上(?:审批|办理)|退回|不及时|错别"
    r"|(?:审查|追究|考核|评议|协调|发布|澄清)(?:制度|办法|机制)|审[查核]拟|^审查|^不予"
    # what is done with information, what it is made of, single papers
    r"|撤销|删除|^占|^在|梳理|清理|整理|^(?!工作信息$)(?:各类|各种|各项|所有|全部|政府|政务|公开|工作|部门)*信息$|(?<!其[他它])各类信息$|直播|(?<![业财事]务)(?<!其[他它]应)(?<!其[他它]应主动)(?:公开|发布|公布|登载|推送)(?:了|的)?(?:各类|各种|各项)?(?:政府|政务|公开|相关|有关)*信息$|^(?:解读(?![及和与、]?回应)|依托|利用|借助|通过|经由)|发布消息$"
    r"|发布[^,;。]{0,8}各$|^主动公开|^每|^(?:推送|刊登|转发|播发|编发|刊载|登载)|(?:系统|窗口|大厅)办理|目录$|年报$|公开指南$|电子版|电子化"
    r"|国家(?:机密|秘密)|免予公开|^(?:保留|取消|下放|承接|精简|压减)|表格|标语|拟公开|(?:编发|发放|印发)(?:各类|各种|《|信息)|原创|^(?:其余|剩下|剩余|余下|余)|^认为|年底$|^(?:下降|增长|增加|减少|上升)|重复|同一|相同"
    r"|^(?:电子|纸质)信息$|不同|去重|新生成|首批|^不$|头版|整版|^(?:文字|图解|图片(?!新闻.)|视频|音频|动漫|动画|稿件|图文)|^实际$"
)


@lru_cache(maxsize=16_384)  # the same labels stand in report after report
def clean_label(chunk: str) -> str | None:
    """The category label at the end of a list item's text, None where it is none."""
    piece = chunk if chunk.endswith(")") and "(" not in chunk else _last_item(chunk)
    label = _LEAD.sub("", piece)
    label = _CONJUNCTION.sub("", label)
    label = _MOST.sub("", _TAIL.sub("", label)).strip(" \"'|")
    if "“" not in label or "”" not in label:
        label = label.strip("“”")
    elif label[0] == "“" and label.find("”") == len(label) - 1:
        label = label[1:-1]
    label = _OF_INFORMATION.sub("", _EXPLAINED.sub("", _LEAD.sub("", label)))
    if len(label) < 2 or len(label) > _MAXIMUM_LENGTH or _NO_LABEL.search(label):
        return None
    return None if _DIGIT.search(label) else label


def _last_item(chunk: str) -> str:
    """What stands behind the last mark that ends a clause outside of brackets."""
    if "(" not in chunk:
        return _CLAUSE_END.split(chunk)[-1]
    hidden = _IN_BRACKETS.sub(lambda m: "\0" * len(m.group()), chunk)
    start = max((m.end() for m in _CLAUSE_END.finditer(hidden)), default=0)
    return chunk[start:]


_FORMS = {"公示", "公告", "通告", "提示", "信息", "动态"}


@cache
def _synonyms() -> tuple[tuple[str, str], ...]:
    pairs = {
        (word, entry.code)
        for entry in categories().values()
        for word in (entry.label_zh, *entry.synonyms)
    }
    return tuple(sorted(pairs, key=lambda p: (-len(p[0]), p)))


@lru_cache(maxsize=16_384)
def category_code(label: str) -> str | None:
    """Code of the longest synonym in the label; of two as long, of the one nearer its end.

    A form at the end (公示, 公告) counts only where nothing as long tells the subject: 规划公示 is
    about plans.
    """
    best: tuple[bool, int, int, str] | None = None
    for word, code in _synonyms():
        at = label.rfind(word)
        if at >= 0 and (best is None or (word not in _FORMS, len(word), at) > best[:3]):
            best = (word not in _FORMS, len(word), at, code)
    return best[3] if best else None
