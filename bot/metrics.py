"""What is counted for Prometheus."""

from prometheus_client import Counter, Gauge

POSTS = Counter("alignbot_posts_total", "Messages to Slack, by what became of them", ["outcome"])
RATE_LIMITED = Counter("alignbot_rate_limited_total", "Times Slack asked to wait")
FAILED_DELIVERIES = Counter("alignbot_failed_deliveries_total", "Deliveries from Slack that could not be handled")
BACKLOG = Gauge("alignbot_backlog", "Messages that wait to be posted")
BACKLOG_AGE = Gauge("alignbot_backlog_age_seconds", "For how long the oldest of them has been due")
