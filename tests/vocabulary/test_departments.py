from __future__ import annotations

import pytest

from gongkai.vocabulary.departments import (
    WHOLE_GOVERNMENT,
    aliases,
    aliases_of,
    begins_organisation,
    department_of,
    departments,
    organisation,
)


def test_every_department_has_aliases_and_none_belongs_to_two() -> None:
    assert {alias.department for alias in aliases()} == set(departments()) - {WHOLE_GOVERNMENT}
    owners: dict[tuple[str, bool, bool], str] = {}
    for alias in aliases():
        assert len(alias.text) >= (1 if alias.at_end else 2)
        key = (alias.text, alias.at_end, alias.begins_unit)
        assert owners.setdefault(key, alias.department) == alias.department, key
        assert (alias.valid_from or 0) <= (alias.valid_to or 9999)


def test_renamed_departments_are_dated() -> None:
    years = {alias.text: (alias.valid_from, alias.valid_to) for alias in aliases_of("卫生健康")}
    assert years["卫生和计划生育委员会"] == (2013, 2019)
    assert years["卫生健康委员会"] == (None, None)
    assert aliases_of("不存在") == ()


@pytest.mark.parametrize(
    ("entity", "department"),
    [
        # the seeds and the corpus
        ("323曹妃甸区人力资源和社会保障局", "人力资源和社会保障"),
        ("青龙满族自治县人力资源和社会保障局", "人力资源和社会保障"),
        ("323承德市双桥区人力资源和社会保障局", "人力资源和社会保障"),
        ("2024年度济源产城融合示范区人力资源和社会保障局部门预算说明", "人力资源和社会保障"),
        ("323003秦皇岛市海港区社会保险事业所", "人力资源和社会保障"),
        ("上海市刑事科学技术研究院", "公安"),
        ("上海市域外农场管理办公室", None),
        ("上海市戒毒康复中心", "司法"),
        ("上海市花卉良种试验场", None),
        ("上海市福利彩票发行中心", "民政"),
        ("上海市文物保护研究中心", "文物"),
        ("上海市普陀区财政局2024年度部门决算", "财政"),
        ("上海市普陀区规划和自然资源局", "自然资源"),
        ("上海市XX局", None),
        ("上海市普陀区人民政府万里街道办事处", "街道办事处"),
        ("上海市普陀区人民政府办公室", "政府办公室"),
        ("佛山市轨道交通局", "交通运输"),
        ("北京市人民政府办公厅", "政府办公室"),
        ("中共北京市委军民融合发展委员会办公室2026年部门预算信息公开", "军民融合"),
        ("北京城市副中心工程建设管理办公室", None),
        ("首都绿化委员会办公室", "园林绿化"),
        ("北京市信访办公室", "信访"),
        ("北京市重大项目建设指挥部办公室", "重点项目"),
        ("无锡市统计局", "统计"),
        ("无锡市人力资源和社会保障局", "人力资源和社会保障"),
        ("无锡市应急管理综合行政执法监督局", "应急管理"),
        ("2026年度无锡市教育局部门预算公开", "教育"),
        ("国家信访局", "信访"),
        ("杭州市交通运输局", "交通运输"),
        ("杭州市气象局", "气象"),
        ("江苏省人民检察院", "检察院"),
        ("江苏省人大常委会办公厅", "人民代表大会"),
        ("江苏省委办公厅", "党委办公室"),
        ("中国共产党江苏省委员会办公厅", "党委办公室"),
        ("中共江苏省委办公厅", "党委办公室"),
        ("江苏省政协办公厅", "政协"),
        ("2018年度江苏省高级人民法院预算公开", "法院"),
        ("2026年度泉州市市场监管综合监测与技术保障中心单位预算", "市场监督管理"),
        ("泉州市人民政府办公室", "政府办公室"),
        ("深圳市人民政府口岸办公室", "口岸"),
        ("深圳市医疗保障局（本级）", "医疗保障"),
        ("深圳市民政局（本级）", "民政"),
        ("烟台市大数据局", "大数据"),
        ("珠海市商务局", "商务"),
        ("珠海市政府投资交通市政项目工务中心", "重点项目"),
        ("西安市信访局（汇总）", "信访"),
        ("西安市安全生产监督管理局", "应急管理"),
        ("长沙职业教育基地综合协调办公室", "教育"),
        ("国家统计局佛山调查队", "统计"),
        ("中共重庆市委宣传部", "宣传"),
        ("兰州市政务服务和数据管理局", "政务服务"),
        ("宿迁市住房和建设局", "住房和城乡建设"),
        ("临沂市国有资产监督管理委员会", "国有资产监督管理"),
        # an ordinary city
        ("无锡市人社局", "人力资源和社会保障"),
        ("无锡市人力资源和社会保障局社会保险中心", "人力资源和社会保障"),
        ("曹妃甸区人力资源和社会保障信息中心", "人力资源和社会保障"),
        ("某县就业服务中心", "人力资源和社会保障"),
        ("某县城乡居民养老保险管理中心", "人力资源和社会保障"),
        ("某市卫健委", "卫生健康"),
        ("某市卫生和计划生育委员会", "卫生健康"),
        ("公安县人民医院", "卫生健康"),
        ("某市住建局", "住房和城乡建设"),
        ("某市发改委", "发展和改革"),
        ("某市城管局", "城市管理"),
        ("某区文广旅局", "文化和旅游"),
        ("无锡市文化广电和旅游局", "文化和旅游"),
        ("上海市绿化和市容管理局", "园林绿化"),
        ("台州市自然资源和规划局", "自然资源"),
        ("某市国土资源局", "自然资源"),
        ("某市工商行政管理局", "市场监督管理"),
        ("南京市场监督管理局", "市场监督管理"),
        ("某市工信局", "工业和信息化"),
        ("某市科技局", "科学技术"),
        ("某市科协", "科学技术协会"),
        ("某市民族宗教事务局", "民族宗教"),
        ("某市外事办公室", "外事"),
        ("某市档案馆", "档案"),
        ("某市委党校", "党校"),
        ("某市机关事务管理局", "机关事务"),
        ("某市林业局", "林业"),
        ("某市粮食和物资储备局", "粮食"),
        ("某市供销合作社联合社", "供销"),
        ("某市总工会", "总工会"),
        ("某市妇联", "妇联"),
        ("某市残疾人联合会", "残联"),
        ("共青团无锡市委员会", "共青团"),
        ("中国民主同盟上海市委员会", "民主党派"),
        ("中国人民政治协商会议上海市普陀区委员会办公室", "政协"),
        ("中共无锡市纪律检查委员会", "纪检监察"),
        ("市委编办", "机构编制"),
        ("市委政法委", "政法"),
        ("市委组织部", "组织"),
        ("市委统战部", "统战"),
        ("无锡市中级人民法院", "法院"),
        ("中华人民共和国南京海关", "海关"),
        ("上海市公安局交通警察总队", "公安"),
        ("公安县财政局", "财政"),
        ("和平镇人民政府", "镇人民政府"),
        ("和平镇", "镇人民政府"),
        ("苏州工业园区管理委员会", "开发区管理委员会"),
        ("济源高新区管委会财政局", "财政"),
        ("某市退役军人事务局", "退役军人事务"),
        ("某市审计局", "审计"),
        ("某市体育局", "体育"),
        ("某市农业农村局", "农业农村"),
        ("某市水务局", "水利"),
        ("某市生态环境局", "生态环境"),
        ("某市司法局", "司法"),
        # no department: other words, persons, kinds of body
        ("财政局长", None),
        ("市财政局长办公会", None),
        ("财政所属单位", None),
        ("教育部门", None),
        ("市公安机关", None),
        ("某市民进修学校", None),
        ("某市政协调中心", None),
        ("外事办法", None),
        ("某市", None),
        ("", None),
        ("2024年度", None),
    ],
)
def test_the_department_of_a_printed_name(entity: str, department: str | None) -> None:
    assert department_of(entity) == department


@pytest.mark.parametrize("department", departments())
def test_every_alias_of_a_department_leads_back_to_it(department: str) -> None:
    for alias in aliases_of(department):
        if not alias.begins_unit:
            assert department_of("某市" + alias.text) == department, alias
            assert department_of(f"323{alias.text}（本级）") == department, alias


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("323 上海市XX局", "上海市XX局"),
        ("２０２６年度无锡市教育局部门预算公开", "无锡市教育局"),
        ("西安市信访局（汇总）2026年部门预算公开说明", "西安市信访局"),
        ("上海市普陀区财政局2024年度部门决算", "上海市普陀区财政局"),
        ("无锡市预算编审中心", "无锡市预算编审中心"),
    ],
)
def test_the_organisation_in_a_title(text: str, expected: str) -> None:
    assert organisation(text) == expected


def test_what_begins_like_an_organisation() -> None:
    assert begins_organisation("人社局部门预算")
    assert begins_organisation("人民政府办公室")
    assert begins_organisation("区委办公室")
    assert not begins_organisation("大道")
    assert not begins_organisation("建设办法")
