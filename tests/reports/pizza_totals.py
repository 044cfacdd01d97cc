"""What was published of the pizza place's year: receipts, pieces, US cents."""

MONTHS = {
    "2015-01": (1845, 4232, 69_793_30),
    "2015-02": (1685, 3961, 65_159_60),
    "2015-03": (1840, 4261, 70_397_10),
    "2015-04": (1799, 4151, 68_736_80),
    "2015-05": (1853, 4328, 71_402_75),
    "2015-06": (1773, 4107, 68_230_20),
    "2015-07": (1935, 4392, 72_557_90),
    "2015-08": (1841, 4168, 68_278_25),
    "2015-09": (1661, 3890, 64_180_05),
    "2015-10": (1646, 3883, 64_027_60),
    "2015-11": (1792, 4266, 70_395_35),
    "2015-12": (1680, 3935, 64_701_15),
}
SIZES = {
    "L": (12736, 18956, 375_318_70),
    "M": (11159, 15635, 249_382_25),
    "S": (10490, 14403, 178_076_50),
    "XL": (544, 552, 14_076_00),
    "XXL": (28, 28, 1_006_60),
}
CATEGORIES = {
    "Chicken": (8536, 11050, 195_919_50),
    "Classic": (10859, 14888, 220_053_10),
    "Supreme": (9085, 11987, 208_197_00),
    "Veggie": (8941, 11649, 193_690_45),
}
HOURS = {
    9: (1, 4, 83_00),
    10: (8, 18, 303_65),
    11: (1231, 2728, 44_935_80),
    12: (2520, 6776, 111_877_90),
    13: (2455, 6413, 106_065_70),
    14: (1472, 3613, 59_201_40),
    15: (1468, 3216, 52_992_30),
    16: (1920, 4239, 70_055_40),
    17: (2336, 5211, 86_237_45),
    18: (2399, 5417, 89_296_85),
    19: (2009, 4406, 72_628_90),
    20: (1642, 3534, 58_215_40),
    21: (1198, 2545, 42_029_80),
    22: (663, 1386, 22_815_15),
    23: (28, 68, 1_121_35),
}
BEST_ITEMS = {
    "The Thai Chicken Pizza": 43_434_25,
    "The Barbecue Chicken Pizza": 42_768_00,
    "The California Chicken Pizza": 41_409_50,
    "The Classic Deluxe Pizza": 38_180_50,
    "The Spicy Italian Pizza": 34_831_25,
}
MOST_PIECES = {
    "The Classic Deluxe Pizza": 2453,
    "The Barbecue Chicken Pizza": 2432,
    "The Hawaiian Pizza": 2422,
    "The Pepperoni Pizza": 2418,
    "The Thai Chicken Pizza": 2371,
}
WEEKDAYS = {
    "Monday": (2794, 6485, 107_329_55),
    "Tuesday": (2973, 6895, 114_133_80),
    "Wednesday": (3024, 6946, 114_408_40),
    "Thursday": (3239, 7478, 123_528_50),
    "Friday": (3538, 8242, 136_073_90),
    "Saturday": (3158, 7493, 123_182_40),
    "Sunday": (2624, 6035, 99_203_50),
}
BEST_OF_MONTHS = {
    "2015-01": (("The Barbecue Chicken Pizza", 211, 3_770_25), ("The Pepperoni Pizza", 239, 3_001_25)),
    "2015-02": (("The California Chicken Pizza", 204, 3_537_00), ("The Pepperoni Pizza", 205, 2_554_25)),
    "2015-03": (("The Barbecue Chicken Pizza", 231, 4_049_25), ("The Barbecue Chicken Pizza", 231, 4_049_25)),
    "2015-04": (("The Barbecue Chicken Pizza", 214, 3_788_50), ("The Hawaiian Pizza", 219, 2_867_75)),
    "2015-05": (("The Barbecue Chicken Pizza", 226, 3_953_50), ("The Pepperoni Pizza", 241, 2_998_75)),
    "2015-06": (("The California Chicken Pizza", 222, 3_870_50), ("The California Chicken Pizza", 222, 3_870_50)),
    "2015-07": (("The Thai Chicken Pizza", 221, 4_073_75), ("The Classic Deluxe Pizza", 227, 3_554_50)),
    "2015-08": (("The California Chicken Pizza", 231, 3_977_25), ("The California Chicken Pizza", 231, 3_977_25)),
    "2015-09": (("The Thai Chicken Pizza", 203, 3_736_25), ("The Classic Deluxe Pizza", 209, 3_257_50)),
    "2015-10": (("The Thai Chicken Pizza", 191, 3_503_25), ("The Pepperoni Pizza", 199, 2_471_00)),
    "2015-11": (("The Barbecue Chicken Pizza", 221, 3_881_75), ("The Hawaiian Pizza", 227, 2_952_75)),
    "2015-12": (("The Thai Chicken Pizza", 204, 3_813_00), ("The Hawaiian Pizza", 209, 2_816_75)),
}
"""Item, pieces, turnover of the best by turnover and by pieces; from the published files, by pandas."""
