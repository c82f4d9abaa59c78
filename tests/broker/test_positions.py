"""Where a stage begins, and what it does when that place is gone."""
from datetime import datetime, timedelta, timezone

import process
import pytest


@pytest.fixture
def hole(pipeline):
    """A group that has committed an offset which retention then deletes.

    Gives the gap in partition 0: from its offset, to the oldest one left.
    """
    pipeline.audit.send(600)
    stage = pipeline.stage()
    pipeline.wait_done()
    assert stage.terminate() == 0
    start = pipeline.kafka.committed(pipeline.group)[pipeline.input, 0]
    pipeline.audit.send(1200, seed=1)
    end = start + 100
    assert pipeline.kafka.ends(pipeline.input)[0] > end
    pipeline.kafka.delete_records(pipeline.input, 0, end)
    return start, end


def test_a_gap_is_counted_and_passed(pipeline, hole):
    start, end = hole
    stage = pipeline.stage(gap="continue")
    event = stage.wait_for_event("gap")
    assert event["topic"] == pipeline.input
    assert [int(event[name]) for name in (
        "partition", "from", "to", "messages")] == [0, start, end, end - start]
    pipeline.wait_done()
    assert stage.terminate() == 0
    result = pipeline.audit.check(only=lambda sent: not (
        sent.origin[1] == 0 and start <= sent.origin[2] < end))
    assert result.exact, str(result)


def test_a_gap_without_a_message_behind_it_is_counted_once(pipeline):
    pipeline.audit.send(300)
    stage = pipeline.stage()
    pipeline.wait_done()
    assert stage.terminate() == 0
    pipeline.audit.send(300, seed=1)
    end = pipeline.kafka.ends(pipeline.input)[0]
    pipeline.kafka.delete_records(pipeline.input, 0, end)
    first = pipeline.stage()
    first.wait_for_event("gap")
    process.wait_for(
        lambda: pipeline.kafka.committed(pipeline.group)[
            pipeline.input, 0] == end, "the gap's end to be committed")
    first.kill()
    second = pipeline.stage()
    second.wait_for_event("assigned")
    pipeline.wait_done()
    assert second.terminate() == 0
    assert not second.events("gap")


def test_a_gap_stops_where_it_is_told_to(pipeline, hole):
    start, _ = hole
    stage = pipeline.stage(gap="stop")
    assert stage.wait() == 3
    assert stage.events("gap")[-1]["partition"] == "0"
    assert pipeline.kafka.committed(pipeline.group)[pipeline.input, 0] == start


@pytest.fixture
def cut_off(pipeline):
    """A group whose offset is behind the end of partition 0, as where the rest
    of its log was lost. Gives that offset, and the end."""
    pipeline.audit.send(300)
    stage = pipeline.stage()
    pipeline.wait_done()
    assert stage.terminate() == 0
    end = pipeline.kafka.ends(pipeline.input)[0]
    pipeline.kafka.commit(pipeline.group, pipeline.input, 0, end + 1000)
    return end + 1000, end


def test_a_log_that_is_cut_off_is_read_on_at_its_end(pipeline, cut_off):
    behind, end = cut_off
    stage = pipeline.stage()
    event = stage.wait_for_event("gap")
    assert [int(event[name]) for name in (
        "partition", "from", "to", "messages")] == [0, behind, end, 0]
    process.wait_for(
        lambda: pipeline.kafka.committed(pipeline.group)[
            pipeline.input, 0] == end, "the end to be committed")
    pipeline.audit.send(300, seed=1)
    pipeline.wait_done()
    assert stage.terminate() == 0
    assert stage.totals()["gaps"] == 1
    result = pipeline.audit.check()
    assert result.exact, str(result)


def test_a_log_that_is_cut_off_stops_it_where_it_is_told_to(pipeline, cut_off):
    behind, end = cut_off
    stage = pipeline.stage(gap="stop")
    assert stage.wait() == 3
    assert (f"{pipeline.input}/0 ends at offset {end}, and {behind} is the "
            "next to be read" in stage.log.read_text())


def test_a_start_by_time(pipeline):
    now = datetime.now(timezone.utc).replace(microsecond=0)
    old, start, new = (now - timedelta(minutes=m) for m in (30, 20, 10))
    pipeline.audit.send(300, when_ms=int(old.timestamp() * 1000))
    pipeline.audit.send(300, when_ms=int(new.timestamp() * 1000))
    stage = pipeline.stage(start=start.isoformat().replace("+00:00", "Z"))
    pipeline.wait_done()
    assert stage.terminate() == 0
    result = pipeline.audit.check(only=lambda sent: sent.number >= 300)
    assert result.exact, str(result)


def test_a_start_at_the_end(pipeline):
    pipeline.audit.send(300)
    stage = pipeline.stage(start="latest")
    # A start is committed before the first message: it is a fact by then.
    pipeline.wait_done()
    pipeline.audit.send(300, seed=1)
    pipeline.wait_done()
    assert stage.terminate() == 0
    result = pipeline.audit.check(only=lambda sent: sent.number >= 300)
    assert result.exact, str(result)


@pytest.mark.parametrize("start", ["earliest", "latest"])
def test_a_partition_that_is_added_loses_nothing(pipeline, start):
    pipeline.audit.send(100)
    stage = pipeline.stage(
        start=start, consumer_topic_metadata_refresh_interval_ms=3000)
    pipeline.wait_done()
    pipeline.kafka.add_partitions(pipeline.input, 8)
    # They are there before the stage can know of their partition.
    pipeline.audit.send(400, seed=1)
    pipeline.wait_done()
    assert stage.terminate() == 0
    result = pipeline.audit.check(
        only=lambda sent: start == "earliest" or sent.number >= 100)
    # Keys move to the new partitions: the order of some is lost in the input.
    assert not result.articles.missing and not result.articles.doubled, (
        str(result))
    assert any(sent.origin[1] >= 6 for sent in pipeline.audit.sent)
