"""Test modules that take more than five seconds of one core, the longest first.

They run before the others, so that no core waits for one of them at the end, and ``make test-fast`` omits them.
"""

LONG_MODULES = """
ordinary_use browser axe_states tasks_browser workbench_browser api_schema two_processes ingest ingest_failures alerts
confidentiality accounts request_content kill_points request_desk_browser semantic_search matrix_browser web ocr store
outdated_versions request_frame route_access engines delete_reindex job_queue worker command_line compare_browser
in_force export_akn without_models request_matches api rooms_web comparison element_evidence git_history api_examples
requests_web request_search verification provision_links revisions nested_containers request_related hostile audit
provision_versions demo_corpus originals pdf versions_web search legal_ner formats request_course ended_laws
request_statistics concept_skos workbench_commands request_dual_criminality matrix_web alerts_web second_reading
migration servers_away elasticsearch_connection request_transcriptions annotate alerts_of_laws expunging exports
matrix_api embedded office_formats compare_web
""".split()
