/**
 * Clauses that a schema cannot say. JSON Schema cannot count bytes, read a text as JSON, know a calendar, or compare
 * a member with another one or with the request.
 */
export const BEYOND_JSON_SCHEMA =
  /^body\.(?:user_data\.(?:size|count)|.*\.param\.format|(?:.*\.)?(?:last_modified|created_time)\.format|func_urn\.(?:project|function|version)|func_name\.urn|package\.urn|namespace\.project|version\.format|.*\.echo)$/;
