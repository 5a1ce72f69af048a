from __future__ import annotations

import itertools
import re
from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gongkai.vocabulary.divisions import (
    LEVELS,
    Division,
    Place,
    UnknownDivisionError,
    division,
    divisions,
    locate,
    place,
    stated,
)

ALL = divisions()


def candidates(text: str, year: int | None = None, within: tuple[str, ...] = ()) -> list[str]:
    return [one.code for one in locate(text, year, within).candidates]


# The list


def test_the_list_is_sorted_and_codes_fit_their_level() -> None:
    assert [(one.code, one.valid_from or 0) for one in ALL] == sorted((one.code, one.valid_from or 0) for one in ALL)
    for one in ALL:
        level = LEVELS[0] if one.code.endswith("0000") else LEVELS[1] if one.code.endswith("00") else LEVELS[2]
        assert one.level == level
        assert re.fullmatch("[\u4e00-\u9fff]{2,}", one.name)


def test_one_code_has_one_name_at_a_time() -> None:
    for earlier, later in itertools.pairwise(ALL):
        if earlier.code == later.code:
            assert earlier.valid_to is not None
            assert later.valid_from is not None
            assert earlier.valid_to < later.valid_from
            assert earlier.name != later.name
    for one in ALL:
        assert (one.valid_from or 2007) <= (one.valid_to or 9999)


def test_every_division_in_force_lies_in_one_in_force() -> None:
    for year in range(2007, 2027):
        for one in ALL:
            if one.parent is not None and one.in_force(year):
                parent = division(one.parent, year)
                assert parent is not None, (one, year)
                assert parent.contains(one)


def test_numbers_of_divisions_are_the_published_ones() -> None:
    present = Counter(one.level for one in ALL if one.valid_to is None)
    assert present == {"province": 34, "prefecture": 333, "county": 2847}
    # Year-end totals of the Ministry of Civil Affairs (Hong Kong, Macau and Taiwan counted as provinces here).
    assert Counter(one.level for one in ALL if one.in_force(2017))["prefecture"] == 334
    assert Counter(one.level for one in ALL if one.in_force(2023)) == {
        "province": 34,
        "prefecture": 333,
        "county": 2844,
    }


@pytest.mark.parametrize(
    ("code", "year", "name"),
    [
        ("419001", None, "济源市"),
        ("130209", None, "曹妃甸区"),
        ("130209", 2011, None),
        ("130230", 2011, "唐海县"),
        ("130321", 2024, "青龙满族自治县"),
        ("130302", 2024, "海港区"),
        ("130802", 2023, "双桥区"),
        ("420600", 2009, "襄樊市"),
        ("420600", 2010, "襄阳市"),
        ("371200", 2018, "莱芜市"),
        ("371200", 2019, None),
        ("371200", None, "莱芜市"),
        ("659012", 2023, "白杨市"),
        ("330103", 2020, "下城区"),
        ("330103", 2021, None),
        ("510117", 2016, "郫都区"),
        ("510124", 2015, "郫县"),
        ("710000", 2010, "台湾省"),
        ("999999", None, None),
        ("", None, None),
        ("北京市", None, None),
    ],
)
def test_division_by_code_and_year(code: str, year: int | None, name: str | None) -> None:
    found = division(code, year)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("code", "year", "expected"),
    [
        ("130209", None, Place("河北省", "唐山市", "曹妃甸区", "130209")),
        ("130321", 2025, Place("河北省", "秦皇岛市", "青龙满族自治县", "130321")),
        ("130200", None, Place("河北省", "唐山市", None, "130200")),
        ("130000", None, Place("河北省", None, None, "130000")),
        ("310107", None, Place("上海市", "上海市", "普陀区", "310107")),
        ("310000", None, Place("上海市", "上海市", None, "310000")),
        ("419001", 2024, Place("河南省", "济源市", None, "419001")),
        ("659001", None, Place("新疆维吾尔自治区", "石河子市", None, "659001")),
        ("420602", 2009, Place("湖北省", "襄樊市", "襄城区", "420602")),
        ("420602", 2010, Place("湖北省", "襄阳市", "襄城区", "420602")),
    ],
)
def test_place(code: str, year: int | None, expected: Place) -> None:
    found = division(code, year)
    assert found is not None
    assert place(found, year) == expected


# Names as printed


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("323曹妃甸区人力资源和社会保障局", "130209"),
        ("承德市双桥区人力资源和社会保障局", "130802"),
        ("323003秦皇岛市海港区社会保险事业所", "130302"),
        ("青龙满族自治县人力资源和社会保障局", "130321"),
        ("济源产城融合示范区人力资源和社会保障局", "419001"),
        ("2024年度济源产城融合示范区人力资源和社会保障局部门预算说明", "419001"),
        ("上海市普陀区规划和自然资源局", "310107"),
        ("上海市普陀区人民政府万里街道办事处", "310107"),
        ("江苏省委办公厅", "320000"),
        ("中共江苏省委办公厅", "320000"),
        ("中国共产党江苏省委员会办公厅", "320000"),
        ("2018年度江苏省高级人民法院预算公开", "320000"),
        ("江苏高院", "320000"),
        ("北京市人民政府办公厅", "110000"),
        ("中共北京市委军民融合发展委员会办公室2026年部门预算信息公开", "110000"),
        ("北京城市副中心工程建设管理办公室", "110000"),
        ("首都绿化委员会办公室", "110000"),
        ("无锡市统计局", "320200"),
        ("无锡市应急管理综合行政执法监督局", "320200"),
        ("深圳市人民政府口岸办公室", "440300"),
        ("深圳市医疗保障局（本级）", "440300"),
        ("2026年度泉州市市场监管综合监测与技术保障中心单位预算", "350500"),
        ("长沙职业教育基地综合协调办公室", "430100"),
        ("珠海市政府投资交通市政项目工务中心", "440400"),
        (".长春市信访局（本级）", "220100"),
        ("上海市域外农场管理办公室", "310000"),
        ("国家统计局佛山调查队", "440600"),
        ("国家税务总局无锡市税务局", "320200"),
        ("中华人民共和国上海海关", "310000"),
        ("上 海 市\n普陀区财政局", "310107"),
        # short names
        ("青龙县人社局", "130321"),
        ("唐山曹妃甸人社局", "130209"),
        ("承德人社局", "130800"),
        ("吉林人社厅", "220000"),
        ("吉林市人社局", "220200"),
        ("内蒙古教育厅", "150000"),
        ("广西财政厅", "450000"),
        ("新疆生产建设兵团财政局", "650000"),
        ("恩施州审计局", "422800"),
        ("黔东南州教育局", "522600"),
        ("海南州财政局", "632500"),
        ("海南省财政厅", "460000"),
        ("河南蒙古族自治县财政局", "632324"),
        # names of one within names of others
        ("南京市鼓楼区教育局", "320106"),
        ("淮安市淮安区财政局", "320803"),
        ("朝阳市朝阳县财政局", "211321"),
        ("沙市区财政局", "421002"),
        ("南京市场监督管理局", "320100"),
        ("天津南开大学", "120000"),
        ("荆州市公安局", "421000"),
        ("荆州市公安县财政局", "421022"),
        ("桂林市资源规划局", "450300"),
        ("桂林市资源县财政局", "450329"),
        ("海东市平安建设办公室", "630200"),
        ("石家庄市新华书店", "130100"),
        ("青岛市市南区北京路街道办事处", "370202"),
        # zones and changes
        ("北戴河新区财政局", "130300"),
        ("杨凌示范区财政局", "610403"),
        ("襄樊市财政局", "420600"),
        ("莱芜市财政局", "371200"),
        ("济南市莱芜区财政局", "370116"),
    ],
)
def test_the_place_in_a_printed_name(text: str, code: str) -> None:
    found = locate(text)
    assert found.division is not None, found.candidates
    assert found.division.code == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "国家信访局",
        "国务院办公厅",
        "省法院",
        "市教育局",
        "区人力资源和社会保障局",
        "某某园南开发区",
        "公开县级预算",
        "西部健康县级医院",
        "太行山区发展规划",
        "老城区改造",
        "中华人民共和国财政部",
        "全国人大",
        "公安局",
        "人力资源和社会保障局部门预算收支总表",
        "１２３",
    ],
)
def test_no_place_is_named(text: str) -> None:
    assert locate(text).candidates == ()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("普陀区规划和自然资源局", ["310107", "330903"]),
        ("和平区教育局", ["120101", "210102"]),
        ("城关区财政局", ["540102", "620102"]),
        ("鼓楼教育局", ["320106", "320302", "350102", "410204"]),
        ("新华人社局", ["130105", "130902", "410402"]),
        ("朝阳人社局", ["110105", "211300", "220104"]),
    ],
)
def test_an_ambiguous_name_gives_all_candidates_and_no_division(text: str, codes: list[str]) -> None:
    assert candidates(text) == codes
    assert locate(text).division is None


def test_the_context_decides_between_candidates_but_never_overrules() -> None:
    assert candidates("普陀区财政局", within=("310000",)) == ["310107"]
    assert candidates("普陀区财政局", within=("舟山市",)) == ["330903"]
    assert candidates("和平区教育局", within=("沈阳市",)) == ["210102"]
    assert candidates("普陀区财政局", within=("320000",)) == ["310107", "330903"]
    assert candidates("无锡市统计局", within=("310000",)) == ["320200"]
    assert candidates("市教育局", within=("320200",)) == []
    with pytest.raises(UnknownDivisionError, match="'大观园'"):
        locate("普陀区财政局", within=("大观园",))


def test_a_name_is_known_in_its_years_and_one_on_either_side() -> None:
    assert candidates("莱芜市财政局", 2018) == ["371200"]
    assert candidates("莱芜市财政局", 2019) == ["371200"]
    assert candidates("莱芜市财政局", 2021) == []
    assert candidates("曹妃甸区财政局", 2011) == ["130209"]
    assert candidates("曹妃甸区财政局", 2009) == []
    assert candidates("双桥区人社局", 2009) == ["130802", "500111"]
    assert candidates("双桥区人社局", 2023) == ["130802"]
    assert candidates("两江新区财政局", 2020) == ["500000"]
    assert candidates("两江新区财政局") == ["500157"]


def test_where_the_name_stands() -> None:
    found = locate("323 承德市双桥区人力资源和社会保障局")
    assert (found.start, found.end) == (3, 9)


@given(st.sampled_from([one for one in ALL if one.valid_to is None]))
def test_every_division_is_found_by_its_full_path(one: Division) -> None:
    names = place(one)
    path = "".join(dict.fromkeys(name for name in (names.province, names.city, names.county) if name))
    for text in (path, path + "人力资源和社会保障局", "2025年度" + path + "财政局部门预算", "关于" + path):
        assert locate(text, 2026).division == one


@example("海东")
@given(st.text(alphabet="省市县区州盟旗委局海南河西山东新城中和平安公开的0年 \n", max_size=40))
def test_any_text_gives_candidates_inside_its_bounds(text: str) -> None:
    found = locate(text)
    assert 0 <= found.start <= found.end <= len(text)
    assert bool(found.candidates) == (found.end > found.start)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("平潭综合实验区财政局", "350128"),
        ("福建省平潭综合实验区社会事业局", "350128"),
        ("平潭综合实验区行政审批局", "350128"),
        ("苏州工业园区管理委员会", "320500"),
        ("苏州工业园区教育局", "320500"),
        ("郑州航空港经济综合实验区管理委员会", "410100"),
        ("郑州航空港区财政局", "410100"),
        ("航空港经济综合实验区管委会", "410100"),
        ("河北雄安新区管理委员会", "130000"),
        ("重庆两江新区管理委员会", "500157"),
        ("四川天府新区管理委员会", "510000"),
        ("四川天府新区成都管理委员会", "510100"),
        ("天府新区眉山管理委员会", "511400"),
        ("陕西省西咸新区管理委员会", "610100"),
        ("西咸新区教育卫体局", "610100"),
        ("新疆生产建设兵团第八师石河子市财政局", "659001"),
        ("第八师石河子市教育局", "659001"),
        ("兵团第一师阿拉尔市审计局", "659002"),
        ("新疆生产建设兵团第三师图木舒克市", "659003"),
        ("新疆生产建设兵团第十二师财政局", "650100"),
        ("新疆生产建设兵团财政局", "650000"),
        ("洋浦经济开发区管理委员会", "460400"),
        ("横琴粤澳深度合作区执行委员会", "440400"),
        ("深圳市前海深港现代服务业合作区管理局", "440300"),
        ("深圳市深汕特别合作区管理委员会", "440300"),
        ("武汉东湖新技术开发区管理委员会", "420100"),
        ("东湖新技术开发区财政局", "420100"),
        ("浙江舟山群岛新区", "330900"),
        ("广州南沙开发区管理委员会", "440115"),
        ("广州开发区财政局", "440100"),
        ("中新天津生态城管理委员会", "120116"),
        ("天津经济技术开发区管理委员会", "120000"),
        ("天津东疆综合保税区管理委员会", "120116"),
        ("北京经济技术开发区管理委员会", "110000"),
        ("中国（上海）自由贸易试验区临港新片区管理委员会", "310000"),
        ("杭州钱塘新区管理委员会", "330100"),
        ("宁波前湾新区管理委员会", "330200"),
        ("台州湾新区管理委员会", "331000"),
        ("温州湾新区管理委员会", "330300"),
        ("东莞松山湖高新技术产业开发区管理委员会", "441900"),
        ("松山湖管委会", "441900"),
        ("惠州大亚湾经济技术开发区管理委员会", "441300"),
        ("大亚湾经济技术开发区财政局", "441300"),
        ("惠州仲恺高新区管委会", "441300"),
        ("武当山旅游经济特区财政局", "420300"),
        ("九华山风景区管理委员会", "341700"),
        ("黄山风景区管理委员会", "341000"),
        ("泰山风景名胜区管理委员会", "370900"),
        ("西安高新区管委会", "610100"),
        ("西安曲江新区管理委员会", "610100"),
        ("曲江新区管委会", "610100"),
        ("西安浐灞生态区管委会", "610100"),
        ("郑东新区管委会", "410100"),
        ("平原示范区管委会", "410700"),
        ("大连长兴岛经济区管委会", "210200"),
        ("沈抚改革创新示范区管委会", "210000"),
        ("长白山保护开发区管理委员会", "220000"),
        ("宁东能源化工基地管委会", "640000"),
        ("青岛西海岸新区财政局", "370200"),
        ("湄洲岛国家旅游度假区管委会", "350300"),
        ("漳州古雷港经济开发区管委会", "350600"),
        ("古雷港经济开发区管委会", "350600"),
        ("贵州双龙航空港经济区管委会", "520100"),
        ("毕节市百里杜鹃管理区财政局", "520500"),
        ("百里杜鹃管理区财政局", "520500"),
        ("和林格尔新区管委会", "150100"),
        ("万盛经济技术开发区管委会", "500110"),
        ("神农架林区财政局", "429021"),
        ("海口综合保税区管理委员会", "460100"),
        ("卧龙特别行政区", "513200"),
        ("渤海新区财政局", "130900"),
        ("合肥高新技术产业开发区管委会", "340100"),
        ("毛集社会发展综合实验区管委会", "340400"),
        ("屈家岭管理区财政局", "420800"),
        ("南大港产业园区财政局", "130900"),
        ("鲁西新区财政局", "371700"),
        ("长岛海洋生态文明综合试验区财政局", "370600"),
        ("普陀山风景名胜区管委会", "330900"),
        ("三亚崖州湾科技城管理局", "460200"),
        ("博鳌乐城国际医疗旅游先行区管理局", "469002"),
    ],
)
def test_a_zone_stands_under_the_nearest_division(text: str, code: str) -> None:
    assert candidates(text) == [code]


@pytest.mark.parametrize("text", ["工业园区管委会", "高新区管委会", "经济技术开发区财政局", "航空港区管委会"])
def test_a_zone_without_a_name_is_in_no_place(text: str) -> None:
    assert candidates(text) == []


def test_a_zone_changes_hands() -> None:
    assert candidates("西咸新区财政局", 2015) == ["610000"]
    assert candidates("深汕特别合作区财政局", 2016) == ["441500"]
    assert candidates("兵团第十师财政局", 2010) == ["650000"]
    assert candidates("兵团第十师财政局", 2020) == ["659005"]


@pytest.mark.parametrize(
    ("text", "code"), [("大冶市", "420281"), ("420281", "420281"), ("黄石市大冶市", "420281"), ("承德", "130800")]
)
def test_the_division_a_person_means(text: str, code: str) -> None:
    assert stated(text).code == code


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("大治市", "大冶市"),
        ("大冶", "大冶市"),
        ("鼓楼区", "320106"),
        ("999999", "six-digit code"),
        ("大冶市教育局", "大冶市"),
    ],
)
def test_another_word_is_refused_with_what_may_be_meant(text: str, said: str) -> None:
    with pytest.raises(UnknownDivisionError, match=said):
        stated(text)
