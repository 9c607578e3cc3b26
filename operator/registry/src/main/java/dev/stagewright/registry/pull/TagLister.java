package dev.stagewright.registry.pull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagewright.registry.call.Call;
import dev.stagewright.registry.call.Caller;
import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.http.Request;
import dev.stagewright.registry.http.Response;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code GET /v2/<name>/tags/list}, page by page. */
public final class TagLister {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE = 1000;
  private static final int MAX_PAGE_BYTES = 16 << 20;

  /** A registry that always names a next page must not keep the client busy for ever. */
  private static final int MAX_PAGES = 1000;

  private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;\\s*rel=\"?next\"?");

  private final Caller caller;

  /** Creates a lister. */
  public TagLister(Caller caller) {
    this.caller = caller;
  }

  /**
   * One page.
   *
   * @param next query of the next page; empty for the last page
   */
  private record Page(List<String> tags, Optional<String> next) {}

  /** The tags of a repository, in the order of the registry; none if it does not exist. */
  public List<String> list(Repository repository) throws RegistryException {
    var tags = new LinkedHashSet<String>();
    var query = Optional.of("n=" + PAGE);
    for (var pages = 0; query.isPresent() && pages < MAX_PAGES; pages++) {
      var page = caller.call(call(repository, query.get()));
      var isNew = tags.addAll(page.tags());
      query = page.next().filter(_ -> isNew);
    }
    return List.copyOf(tags);
  }

  private static Call<Page> call(Repository repository, String query) {
    return new Call<>(
        repository.operationInRepository("list the tags of"),
        repository.pull(),
        Request.of("GET", repository.uri("tags/list?" + query)),
        Set.of(200, 404),
        TagLister::read);
  }

  private static Page read(Response response) throws IOException {
    try (response) {
      if (response.status() == 404) {
        return new Page(List.of(), Optional.empty());
      }
      var tags =
          JSON.readTree(response.bytes(MAX_PAGE_BYTES))
              .path("tags")
              .valueStream()
              .map(JsonNode::asText)
              .toList();
      return new Page(tags, next(response));
    }
  }

  /** Only the query of the address is used, so that the token is not sent elsewhere. */
  private static Optional<String> next(Response response) {
    return response
        .header("Link")
        .map(NEXT::matcher)
        .filter(link -> link.find())
        .flatMap(link -> query(link.group(1)));
  }

  private static Optional<String> query(String address) {
    try {
      return Optional.ofNullable(URI.create(address).getRawQuery());
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
