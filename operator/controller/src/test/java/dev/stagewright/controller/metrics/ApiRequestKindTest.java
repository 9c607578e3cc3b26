package dev.stagewright.controller.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiRequestKindTest {

  @ParameterizedTest
  @CsvSource({
    "GET,    /api/v1/namespaces/a/pods/p,                                            get,    pods",
    "GET,    /api/v1/namespaces/a/pods/p/log?tailLines=5,                            get,    pods/log",
    "GET,    /api/v1/pods?labelSelector=x,                                           list,   pods",
    "GET,    /api/v1/pods?allowWatchBookmarks=true&watch=true,                       watch,  pods",
    "GET,    /api/v1/nodes,                                                          list,   nodes",
    "GET,    /api/v1/namespaces/a,                                                   get,    namespaces",
    "POST,   /api/v1/namespaces/a/pods,                                              create, pods",
    "DELETE, /api/v1/namespaces/a/pods/p,                                            delete, pods",
    "PATCH,  /apis/stagewright.dev/v1alpha1/namespaces/a/imagebuilds/b/status?f=x,   patch,  imagebuilds/status",
    "GET,    /version,                                                               get,    none",
  })
  void mapsRequestsToRbacVerbsAndResources(String method, URI uri, String verb, String resource) {
    assertThat(ApiRequestKind.of(method, uri)).isEqualTo(new ApiRequestKind(verb, resource));
  }
}
