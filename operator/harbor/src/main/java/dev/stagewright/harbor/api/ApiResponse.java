package dev.stagewright.harbor.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What Harbor answered.
 *
 * @param status one of those that the call accepts
 * @param json the body; a missing node where it is no JSON
 * @param text the body as it is
 * @param link of a list, its {@code Link}, which names the next page; empty for the last page
 */
public record ApiResponse(int status, JsonNode json, String text, Optional<String> link) {}
