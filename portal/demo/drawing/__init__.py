"""Pictures of the demo, drawn on the spot, so that nobody else's pictures are needed.

`draw(key)` gives the same bytes for the same key on the same machine; `describe(key)` the words for a reader who cannot
see it. `catalogue()` names every key: scenes such as `harbour` and `harbour-dusk` (1200×675, JPEG), `emblem-1` to
`emblem-16` and `logo` (square, PNG), `cover-2026-6` (800×1131, JPEG), `qr-wechat` and `qr-group` (PNG).
"""

from . import city, covers, emblems, industry, land, research, rooms, travel
from .canvas import Canvas

# Name → how to draw it, what is on it, and the lights it looks well in beside plain day.
SCENES = {
    "park": (city.park, "湖畔公园与远处的楼群", ("morning", "dusk")),
    "bridge": (city.bridge, "斜拉桥横跨江面，对岸楼宇林立", ("morning", "dusk")),
    "wetland": (city.wetland, "湿地芦苇间的白鹭，远处是城区", ("morning", "mist")),
    "gateway": (city.gateway, "园区大道与入口门架", ("morning", "dusk")),
    "housing": (city.housing, "绿地环抱的人才公寓", ("morning",)),
    "railway": (travel.railway, "列车驶过田野上的高架桥", ("morning", "dusk")),
    "riverside": (city.riverside, "江畔楼群与游船", ("dusk", "night")),
    "plan": (city.plan, "园区规划俯视图：环路、地块与水系", ()),
    "factory": (industry.factory, "锯齿形屋顶的厂房与运输车辆", ("morning", "dusk")),
    "harbour": (industry.harbour, "集装箱码头的岸桥与货轮", ("morning", "dusk")),
    "bonded": (industry.bonded, "综合保税区的仓库、堆场与货车", ("morning",)),
    "robots": (industry.robots, "机械臂在汽车生产线上作业", ()),
    "laboratory": (research.laboratory, "实验台上的显微镜、试管与显示屏", ("dusk",)),
    "servers": (research.servers, "机房通道两侧的服务器机柜", ()),
    "chip": (research.chip, "芯片与电路走线", ()),
    "tanks": (industry.tanks, "新材料装置区的球罐、塔器与防护林", ("morning",)),
    "workshop": (research.workshop, "学员在数控设备前实训", ()),
    "greenhouses": (land.greenhouses, "连栋温室与条带状农田", ("morning",)),
    "solar": (land.solar, "光伏板阵列与山脊上的风机", ("morning", "dusk")),
    "sea-wind": (land.sea_wind, "海上风电场与运维船", ("dusk",)),
    "border": (travel.border, "雪山脚下的口岸国门与货车", ("morning",)),
    "airport": (travel.airport, "航站楼前的货运飞机", ("morning", "dusk")),
    "treatment": (land.treatment, "园区污水处理厂的沉淀池", ("morning",)),
    "terraces": (land.terraces, "梯田间的村落", ("morning", "mist")),
    "hall": (rooms.hall, "会议大厅的主席台与听众", ()),
    "lecture": (rooms.lecture, "培训课堂上的讲师与学员", ("morning",)),
    "counters": (rooms.counters, "政务服务大厅的办事窗口", ()),
    "table": (rooms.table, "座谈会会场", ()),
    "show": (rooms.show, "展厅里的沙盘模型与展位", ()),
}
LIGHTS = {"day": "", "morning": "清晨，", "dusk": "傍晚，", "night": "夜色中，", "mist": "薄雾中，"}
COVERS = {
    "cover-2026-1": ("gateway", "morning", "开发区营商环境这一年"),
    "cover-2026-2": ("terraces", "day", "县域园区怎样共享发展"),
    "cover-2026-3": ("harbour", "day", "口岸与园区的联动"),
    "cover-2026-4": ("solar", "morning", "零碳园区从一张能源账起步"),
    "cover-2026-5": ("bridge", "dusk", "整合之后看管理"),
    "cover-2026-6": ("park", "day", "存量空间里的新文章"),
}
CODES = {
    "qr-wechat": ("演示用二维码：这里应是协会的微信公众号。", "微信公众号二维码（演示）"),
    "qr-group": ("演示用二维码：这里应是协会的QQ交流群。", "QQ交流群二维码（演示）"),
}
EMBLEMS = 16


def catalogue():
    scenes = [
        key for name, (_, _, lights) in SCENES.items() for key in (name, *(f"{name}-{light}" for light in lights))
    ]
    return [*scenes, *(f"emblem-{n}" for n in range(1, EMBLEMS + 1)), "logo", *COVERS, *CODES]


def draw(key):
    """Return the picture as bytes of a JPEG or PNG file. Raises KeyError for a key outside `catalogue()`."""
    if key == "logo":
        return emblems.logo()
    if key in CODES:
        return emblems.code(CODES[key][0])
    if key in COVERS:
        name, light, headline = COVERS[key]
        return covers.cover(SCENES[name][0], light, *map(int, key.split("-")[1:]), headline)
    if key.startswith("emblem-"):
        return emblems.association(int(key.removeprefix("emblem-")))
    name, light = _scene(key)
    canvas = Canvas(1200, 675, mood=light, seed=name)
    SCENES[name][0](canvas)
    return canvas.jpeg()


def describe(key):
    """Return what is on the picture, as an alternative text."""
    if key == "logo":
        return "协会标志"
    if key in CODES:
        return CODES[key][1]
    if key in COVERS:
        return f"《中国开发区》{key.split('-')[1]}年第{key.split('-')[2]}期封面"
    if key.startswith("emblem-"):
        return "会员协会标志"
    name, light = _scene(key)
    return LIGHTS[light] + SCENES[name][1]


def _scene(key):
    if key in SCENES:
        return key, "day"
    name, _, light = key.rpartition("-")
    if light not in SCENES[name][2]:
        raise KeyError(key)
    return name, light
