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
 * The service account of the operator, so that the operator authenticates as in a cluster: with a
 * token, and with the API priority of a service account. With a client certificate, the client
 * library would check the kubeconfig file for each request.
 */
record OperatorServiceAccount(KubernetesClient client, String namespace) {
  private static final String NAME = "stagewright-scale";
  private static final Duration TOKEN_LIFETIME = Duration.ofHours(4);

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

  /** Writes a kubeconfig file with a token of the service account. */
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
            .withExpirationSeconds(TOKEN_LIFETIME.toSeconds())
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
