"""Items of a test 小题分: how each one measured, and which knowledge points are mastered."""
