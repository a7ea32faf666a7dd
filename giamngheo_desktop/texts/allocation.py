"""What is said while a commune's number is spread over its villages."""

ALLOCATION_ERRORS: dict[str, str] = {
    "allocation_unlike": "Không chia được {wanted} hộ: đầu năm có {there} hộ.",
    "allocation_start_unknown": "Chưa biết số hộ đầu năm của {villages}: chưa chia được.",
}
