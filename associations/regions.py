"""The province-level divisions of China, in the order of GB/T 2260."""

PROVINCES = (
    "北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海", "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南",
    "湖北", "湖南", "广东", "广西", "海南", "重庆", "四川", "贵州", "云南", "西藏", "陕西", "甘肃", "青海", "宁夏", "新疆",
    "台湾", "香港", "澳门",
)  # fmt: skip
NATIONWIDE = "全国"
# The parts of the country, for boards of figures; a table, not a map: a map needs an approval number (审图号).
PARTS = {
    "华北": ("北京", "天津", "河北", "山西", "内蒙古"),
    "东北": ("辽宁", "吉林", "黑龙江"),
    "华东": ("上海", "江苏", "浙江", "安徽", "福建", "江西", "山东"),
    "中南": ("河南", "湖北", "湖南", "广东", "广西", "海南"),
    "西南": ("重庆", "四川", "贵州", "云南", "西藏"),
    "西北": ("陕西", "甘肃", "青海", "宁夏", "新疆"),
    "港澳台": ("香港", "澳门", "台湾"),
}

PROVINCE_CHOICES = [(name, name) for name in PROVINCES]
REGION_CHOICES = [(NATIONWIDE, NATIONWIDE), *PROVINCE_CHOICES]


def region_order(region):
    """Return the place of `region` in lists: nationwide first, then as in GB/T 2260."""
    names = [name for name, label in REGION_CHOICES]
    return names.index(region) if region in names else len(names)
