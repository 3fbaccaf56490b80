# Reads pictures from standard input, each behind its length, and prints what RapidOCR finds on each as a line of JSON:
# [left, top, right, bottom, text] for every line of text, or the error as a string.
import json
import logging
import struct
import sys

logging.disable(logging.CRITICAL)
out, sys.stdout = sys.stdout, sys.stderr
try:
    from rapidocr import RapidOCR
except ImportError:
    from rapidocr_onnxruntime import RapidOCR
engine = RapidOCR()
while True:
    head = sys.stdin.buffer.read(4)
    if len(head) < 4:
        break
    picture = sys.stdin.buffer.read(struct.unpack(">I", head)[0])
    try:
        result = engine(picture)
        if isinstance(result, tuple):
            lines = [line[:2] for line in result[0] or []]
        else:
            boxes = [] if result.boxes is None else result.boxes
            lines = list(zip(boxes, result.txts or []))
        found = []
        for box, text in lines:
            xs, ys = [float(point[0]) for point in box], [float(point[1]) for point in box]
            found.append([min(xs), min(ys), max(xs), max(ys), text])
    except Exception as error:
        found = str(error)
    print(json.dumps(found), file=out, flush=True)
