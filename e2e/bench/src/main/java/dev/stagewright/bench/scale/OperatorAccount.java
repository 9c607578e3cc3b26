package dev.stagewright.bench.scale;

import io.fabric8.kubernetes.api.model.AuthInfoBuilder;
import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The operator's service account, for it to ask the API server as it does in a cluster: by a token,
 * and with no more than its share of the server. A client certificate would cost it a look at the
 * kubeconfig file with each request.
 */
record OperatorAccount(KubernetesClient client, String namespace) {
  private static final String NAME = "stagewright-scale";
  private static final Duration VALIDITY = Duration.ofHours(4);

  void create() {
    client
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(NAME)
                .endMetadata()
                .build())
        .serverSideApply();
    client
        .resource(
            new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName(NAME)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                .addNewSubject("", "ServiceAccount", NAME, namespace)
                .build())
        .serverSideApply();
  }

  /** Writes a kubeconfig file that holds a token of the account. */
  Path kubeconfig(Path file) throws IOException {
    var server = client.getConfiguration();
    var config =
        new ConfigBuilder()
            .addNewCluster()
            .withName(NAME)
            .withNewCluster()
            .withServer(server.getMasterUrl())
            .withCertificateAuthority(server.getCaCertFile())
            .withCertificateAuthorityData(server.getCaCertData())
            .endCluster()
            .endCluster()
            .addNewUser()
            .withName(NAME)
            .withUser(new AuthInfoBuilder().withToken(token()).build())
            .endUser()
            .addNewContext()
            .withName(NAME)
            .withNewContext()
            .withCluster(NAME)
            .withUser(NAME)
            .endContext()
            .endContext()
            .withCurrentContext(NAME)
            .build();
    return Files.writeString(file, client.getKubernetesSerialization().asYaml(config));
  }

  private String token() {
    var request =
        new TokenRequestBuilder()
            .withNewSpec()
            .withExpirationSeconds(VALIDITY.toSeconds())
            .endSpec()
            .build();
    return client
        .serviceAccounts()
        .inNamespace(namespace)
        .withName(NAME)
        .tokenRequest(request)
        .getStatus()
        .getToken();
  }

  void delete() {
    client.rbac().clusterRoleBindings().withName(NAME).delete();
  }
}
