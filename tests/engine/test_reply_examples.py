"""How well are replies read? Measured on replies invented for this, none taken from a real office.

Each: the reply, the kinds a careful reader says hold, and points that were asked with what became
of them (A answered, M only mentioned, N not found in it).

usage: python -m tests.engine.test_reply_examples
"""

import time
from collections import Counter

from biaochi.engine.reply import KINDS, read_reply

SHORT = {"a": "answer", "h": "handed_over", "p": "postponed", "r": "refused"}
STATES = {"A": "answered", "M": "only_mentioned", "N": "not_found"}
EXAMPLES = [
    ("您好！您反映的青石巷路灯不亮的问题，我局已于3月5日更换灯具6盏，现已全部点亮。", "a", {"青石巷路灯什么时候修好": "A"}),
    ("网友您好，来信收悉，已转区城市管理局办理。", "h", {"夜市油烟谁来管": "N"}),
    ("您好，留言已收悉，感谢您的关注！", "", {"学校门口能不能装红绿灯": "N"}),
    ("经查，该楼栋未达到双三分之二业主同意的条件，按规定暂不能加装电梯，申请不予受理。", "ar", {"我们楼能不能加装电梯": "A"}),
    ("该路段排水管网改造已列入2027年计划，待资金到位后组织实施。", "p", {"下雨天积水怎么解决，排水管网何时改造": "A"}),
    ("关于您反映的垃圾站臭味问题，下一步我们将进一步加强管理，尽快整改。", "p", {"垃圾站能不能搬走": "M"}),
    ("您好，小区物业由业主大会选聘，收费标准为每平方米1.8元，已在小区公示栏张贴。您反映的电梯困人一事已转交市场监督管理局处理。", "ah", {"物业收费标准是多少": "A", "电梯困人谁负责": "M"}),
    ("您咨询的大病救助，户籍在本市、年度自付超过1.5万元的可以申请，带身份证和发票到社区窗口办理。", "a", {"大病救助怎么申请": "A"}),
    ("您反映的问题不属于我局职责，建议您向市水务集团反映。", "h", {"水压太低怎么办": "N"}),
    ("我镇高度重视，立即组织人员进行调查核实，有关情况正在处理中，请您谅解。", "p", {"鱼塘污染查清了吗": "N"}),
    ("经现场检测，该工地夜间噪声超过标准12分贝，我局已责令停止夜间施工并罚款两万元。", "a", {"工地晚上施工没人管": "A"}),
    ("公交9路延长线目前客流不足，暂无开通计划。", "r", {"公交9路能不能延长到幸福里": "A"}),
    ("经与教育部门沟通，第三小学秋季新增两个班，您家属于划片范围，可于8月10日前报名。", "a", {"小孩今年能上第三小学吗": "A"}),
    ("尊敬的市民：来电已记录，我们会尽快安排。谢谢！", "p", {"井盖什么时候换": "N"}),
    ("农贸市场棚顶漏雨，系屋面老化所致。施工单位4月进场，预计5月底前完工。", "ap", {"农贸市场漏雨何时修": "A"}),
    ("已将您的建议转给市规划局研究。", "h", {"建议在河边修步道": "N"}),
    ("您反映的拖欠工资一事，劳动监察大队已约谈该公司，18名工人的工资于1月20日全部发放到位。", "a", {"拖欠的工资什么时候发": "A"}),
    ("根据现行规定，宅基地不能转让给城镇居民，您的申请不符合条件。", "r", {"宅基地能不能卖给城里人": "A"}),
    ("一、关于停车难的问题。小区周边新划车位60个。二、关于树木遮光的问题。需待园林部门勘察后再行修剪。", "ap", {"小区停车难": "A", "树木遮光几时修剪": "A"}),
    ("请您直接咨询市医保中心。", "h", {"异地看病怎么报销": "N"}),
    ("该店油烟净化器未开，已当场纠正；对其无照经营，市场监管所立案调查，今后我们将不定期巡查。", "ap", {"楼下饭店油烟扰民": "A"}),
    ("您好！感谢您对城市建设的关心支持，祝您生活愉快！2026年3月1日", "", {"河道什么时候清淤": "N"}),
    ("您提的建议很好，我们将认真研究，条件成熟时予以考虑。", "p", {"建议开设老年食堂": "N"}),
    ("来信反映的自来水发黄，系管道冲洗引起，昨日已恢复正常，水质检测合格。", "a", {"自来水为什么发黄": "A"}),
    ("此事已交由滨河街道办事处处理，处理结果由街道向您反馈。", "h", {"楼上违建谁来拆": "N"}),
    ("因涉及历史遗留问题，无法办理不动产证，敬请谅解。", "r", {"不动产证为什么办不下来": "A"}),
    ("健身器材损坏属实，社区已联系厂家维修。", "a", {"健身器材坏了没人修": "A"}),
    ("春季防火期为3月至5月，期间禁止野外用火，违者处200元以上罚款。", "a", {"清明能不能烧纸": "N"}),
    ("您好，您所说的道路属于规划支路，目前尚未列入建设计划，近期不考虑修建。", "r", {"门口的断头路什么时候打通": "A"}),
    ("经核实，您母亲的高龄津贴因银行卡失效未到账，已补发3个月共600元。", "a", {"高龄津贴为什么没有到账": "A"}),
    ("我办已协调供电公司，线路改造方案已批复，6月开工，9月底前通电。", "ap", {"村里电压不稳": "N"}),
    ("您的诉求涉及多个部门，已转相关单位调查处理，如有进展会及时向您反馈。", "h", {"小区门禁坏了": "N"}),
    ("校车停靠点调整需经家长委员会表决，3月12日表决未通过，因此维持原站点。", "a", {"校车站点能不能调整": "A"}),
    ("对您反映的黑诊所，卫生健康局于当日查封，没收药品，罚款五千元。", "a", {"黑诊所有人管吗": "A"}),
    ("关于公园厕所的问题，我中心拟于今年四季度新建一座，现正进行选址公示。", "ap", {"公园能不能建厕所": "A"}),
    ("该事项已有法院判决，我局不再受理，您可以向上一级法院申请再审。", "ar", {"房屋纠纷重新处理": "N"}),
]  # fmt: skip


def measured():
    """Return ({kind: (found rightly, found, true)}, share of points right, confusions of points)."""
    hits, found, true, points = Counter(), Counter(), Counter(), Counter()
    for text, letters, asked in EXAMPLES:
        reading = read_reply(text, tuple(asked))
        said, meant = set(reading.kinds), {SHORT[letter] for letter in letters}
        hits.update(said & meant)
        found.update(said)
        true.update(meant)
        for point in reading.points:
            points[STATES[asked[point.point]], point.state] += 1
    right = sum(n for (meant, said), n in points.items() if meant == said)
    kinds = {kind: (hits[kind], found[kind], true[kind]) for kind in KINDS}
    return kinds, right / points.total(), points


def f1(counts):
    hits, found, true = counts
    return 2 * hits / (found + true)


def test_the_four_kinds_are_told_apart():
    kinds, _, _ = measured()
    assert min(map(f1, kinds.values())) >= 0.8, kinds


def test_most_points_are_read_as_a_careful_reader_reads_them():
    _, right, points = measured()
    assert right >= 0.8, points


def test_a_point_said_to_be_answered_seldom_is_not():
    _, _, points = measured()
    said = sum(n for (_, state), n in points.items() if state == "answered")
    assert points["answered", "answered"] / said >= 0.9, points


if __name__ == "__main__":
    start = time.process_time()
    kinds, right, points = measured()
    took = time.process_time() - start
    print(f"{len(EXAMPLES)} invented replies, {took * 1000 / len(EXAMPLES):.1f} CPU ms each")
    print(f"{'':12} precision  recall    F1")
    for kind, (hits, found, true) in kinds.items():
        print(f"{kind:12} {hits / found:9.2f} {hits / true:7.2f} {f1((hits, found, true)):5.2f}")
    print(f"points read rightly {right:.0%} of {points.total()}: {dict(points)}")
    for text, letters, asked in EXAMPLES:
        reading = read_reply(text, tuple(asked))
        meant = {SHORT[letter] for letter in letters}
        wrong = [(p.point, p.state) for p in reading.points if STATES[asked[p.point]] != p.state]
        if set(reading.kinds) != meant or wrong:
            print("differs:", text, reading.kinds, "not", sorted(meant), wrong)
