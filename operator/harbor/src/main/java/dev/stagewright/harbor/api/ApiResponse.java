package dev.stagewright.harbor.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A response of Harbor.
 *
 * @param status one of the accepted status codes
 * @param json the body; a missing node if it is not JSON
 * @param text the body as text
 * @param nextLink of a list, its {@code Link}, which names the next page; empty for the last page
 */
public record ApiResponse(int status, JsonNode json, String text, Optional<String> nextLink) {}
