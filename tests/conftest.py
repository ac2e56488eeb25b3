"""Fixtures that several tests share: small databases written by hand, a server of one, and a browser.

Which tests load the pipeline (``model``), open pages in Chromium (``browser``) or take long for another reason
(``slow``) is decided here; ``make test-fast`` leaves all three out.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.browser import MISSING, Browser
from support.by_hand import ARTICLES, fill
from support.datasette_data import Get, addresses, build, client, with_topics
from support.serving import Site, serving

from quotes.store.database import Store

MODEL_FILES = {
    "coreference/test_dialogues.py",
    "topics/test_labels.py",
    "statements/test_compare.py",
    "store/test_two_at_once.py",
    "cli/test_cast.py",
    "cli/test_extract.py",
    "quotations/test_acts.py",
    "quotations/test_continued.py",
    "quotations/test_trimmed.py",
    "quotations/test_unseen.py",
    "cli/test_find_and_search.py",
    "cli/test_formats.py",
    "cli/test_interchange.py",
    "cli/test_progress.py",
    "cli/test_sync.py",
    "coreference/test_chains.py",
    "coreference/test_implicit_speakers.py",
    "coreference/test_introductions.py",
    "coreference/test_name_corrections.py",
    "coreference/test_names.py",
    "coreference/test_resolve.py",
    "coreference/test_rules.py",
    "coreference/test_speakers.py",
    "coreference/test_written_passages.py",
    "corrections/test_corrections.py",
    "corrections/test_new_model.py",
    "evaluation/test_required_gold.py",
    "corrections/test_erase.py",
    "corrections/test_quotations.py",
    "corrections/test_review.py",
    "corrections/test_shown_at_both_doors.py",
    "corrections/test_undone_and_handed_on.py",
    "datasette/test_edit.py",
    "datasette/test_permalinks.py",
    "distributed/test_linking.py",
    "distributed/test_ray.py",
    "distributed/test_shards.py",
    "docs/test_docs.py",
    "nlp/test_morphology.py",
    "nlp/test_same_everywhere.py",
    "quotations/test_clauses.py",
    "quotations/test_kinds_of_text.py",
    "quotations/test_missed_cues.py",
    "quotations/test_occasion.py",
    "quotations/test_passes.py",
    "speakers/test_linked_names.py",
    "test_same_articles.py",
    "statements/test_growth.py",
    "statements/test_planted.py",
    "statements/test_statements.py",
    "store/test_migrations.py",
    "store/test_changes.py",
    "store/test_copies_once.py",
    "test_any_text.py",
    "test_doc_quotes.py",
    "test_extraction.py",
    "test_hard_cases.py",
    "test_identity.py",
    "test_pipeline.py",
    "test_properties.py",
    "test_seeds.py",
}
SLOW_FILES = {
    "datasette/test_hostile.py",
    "docs/test_publish.py",
    "statements/test_growth.py",
    "statements/test_planted.py",
    "test_workers.py",
}
SLOW_TESTS = {  # in files that are otherwise quick: large numbers, real shells, many orders
    "test_a_killed_run_is_completed_by_the_next",
    "test_a_speaker_more_costs_the_same_however_many_there_are",
    "test_any_order_in_one_run_or_many_gives_the_same",
    "test_any_single_slip_is_found_among_a_hundred_thousand",
    "test_cost_grows_with_the_number_of_mentions",
    "test_every_public_name_is_there_alone",
    "test_it_is_fast_with_a_hundred_thousand_speakers",
    "test_many_quotations_are_marked_in_time",
    "test_nothing_is_offered_and_nothing_made_without_a_database",
    "test_nothing_is_wider_than_the_terminal",
    "test_tab_in_a_real_bash",
    "test_time_grows_no_faster_than_the_text",
    "test_what_is_linked_step_by_step_is_what_is_linked_at_once",
}
FOLDER = Path(__file__).parent
MODEL_WAS_LOADED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test by its file and by the fixtures that it uses."""
    for item in items:
        file = item.path.relative_to(FOLDER).as_posix()
        fixtures = getattr(item, "fixturenames", ())
        if file in MODEL_FILES or "by_hand_database" in fixtures:  # linked: alike wordings are embedded
            item.add_marker("model")
        if file in SLOW_FILES:
            item.add_marker("slow")
        if item.name.partition("[")[0] in SLOW_TESTS:
            item.add_marker("slow")
        if "browser" in fixtures:
            item.add_marker("browser")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    item.stash[MODEL_WAS_LOADED] = "onnxruntime" in sys.modules


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """A test that is not marked ``model`` fails when it is the first to load the embedded model."""
    newly = "onnxruntime" in sys.modules and not item.stash[MODEL_WAS_LOADED]
    if newly and not item.get_closest_marker("model"):
        pytest.fail("this test loads the model: name its file in MODEL_FILES, or mark it")


@pytest.fixture(scope="session")
def by_hand_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("by_hand") / "quotes.db"
    with Store(path, create=True) as store:
        fill(store, ARTICLES)
    return path


@pytest.fixture
def database(by_hand_database: Path, tmp_path: Path) -> Path:
    """A linked database of the articles in by_hand.py, to read and to change."""
    return Path(shutil.copy(by_hand_database, tmp_path / "quotes.db"))


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that every user may enter: tmp_path is for its owner only."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def get(database: Path) -> Get:
    """Asks a Datasette of the database that a module has for all its tests: path and query -> its answer."""
    return client(database)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of the articles in datasette_data.py, as the README starts it."""
    path = with_topics(build(tmp_path_factory.mktemp("pages") / "quotes.db"))
    with serving(path, addresses(path)) as started:
        yield started


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium that all tests of the pages share."""
    try:
        started = Browser()
    except FileNotFoundError:
        pytest.fail(MISSING)
    with started:
        yield started
