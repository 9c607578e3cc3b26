package dev.stagewright.registry.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS settings of a registry.
 *
 * @param authorities trusted authorities in addition to those of the Java runtime
 * @param identity the client certificate; empty for none
 */
public record TlsSettings(List<X509Certificate> authorities, Optional<ClientIdentity> identity) {
  /** The runtime's authorities, without a client certificate. */
  public static final TlsSettings DEFAULT = new TlsSettings(List.of(), Optional.empty());

  /** An in-memory key store needs a password, too. */
  private static final char[] IN_MEMORY = {};

  public TlsSettings {
    authorities = List.copyOf(authorities);
  }

  /** Returns the settings without the client certificate, for other hosts. */
  public TlsSettings withoutIdentity() {
    return new TlsSettings(authorities, Optional.empty());
  }

  /** Creates an SSL context with these settings. */
  public SSLContext context() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(keys(), trust(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("cannot initialize TLS", e);
    }
  }

  private KeyManager @Nullable [] keys() throws GeneralSecurityException, IOException {
    if (identity.isEmpty()) {
      return null;
    }
    var store = emptyStore();
    var chain = identity.get().chain().toArray(Certificate[]::new);
    store.setKeyEntry("client", identity.get().key(), IN_MEMORY, chain);
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, IN_MEMORY);
    return factory.getKeyManagers();
  }

  private TrustManager[] trust() throws GeneralSecurityException, IOException {
    var store = emptyStore();
    var all = new ArrayList<>(runtimeAuthorities());
    all.addAll(authorities);
    for (var i = 0; i < all.size(); i++) {
      store.setCertificateEntry("authority-" + i, all.get(i));
    }
    return trustManagers(store);
  }

  private static List<X509Certificate> runtimeAuthorities() throws GeneralSecurityException {
    var authorities = new ArrayList<X509Certificate>();
    for (var manager : trustManagers(null)) {
      if (manager instanceof X509TrustManager x509) {
        authorities.addAll(List.of(x509.getAcceptedIssuers()));
      }
    }
    return authorities;
  }

  private static TrustManager[] trustManagers(@Nullable KeyStore store)
      throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, IN_MEMORY);
    return store;
  }
}
