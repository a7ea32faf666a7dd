"""What is said while a commune's number is spread over its villages."""

ALLOCATION_ERRORS: dict[str, str] = {
    "allocation_unlike_poor": "Không chia được {wanted} hộ nghèo: đầu năm có {there} hộ nghèo.",
    "allocation_unlike_near_poor": (
        "Không chia được {wanted} hộ cận nghèo: đầu năm có {there} hộ cận nghèo."
    ),
    "allocation_start_unknown": "Chưa biết số hộ đầu năm của {villages}: chưa chia được.",
}
