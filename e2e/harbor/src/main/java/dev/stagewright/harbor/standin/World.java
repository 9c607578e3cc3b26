package dev.stagewright.harbor.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stagewright.harbor.standin.Account.Right;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** The state of a Harbor. It is thread-safe. */
public final class World {
  private static final Pattern VERSION = Pattern.compile("v([0-9]+)[.]([0-9]+).*");

  private final Map<String, Project> projects = new ConcurrentSkipListMap<>();
  private final Map<String, Account> accounts = new ConcurrentHashMap<>();
  private final List<Label> labels = new CopyOnWriteArrayList<>();
  private final AtomicInteger ids = new AtomicInteger();
  private volatile String version = "v2.16.0-c50c7ddd";
  private volatile boolean readOnly;
  private volatile Optional<Scanner> scanner = Optional.empty();

  /**
   * A label.
   *
   * @param id ID of the label
   * @param name name of the label
   * @param project ID of its project; 0 for a global label
   */
  record Label(int id, String name, int project) {}

  /** Adds a private project, or returns the existing one. */
  public Project project(String name) {
    return projects.computeIfAbsent(name, it -> new Project(ids.incrementAndGet(), it));
  }

  Optional<Project> find(String name) {
    return Optional.ofNullable(projects.get(name));
  }

  Optional<Project> find(int id) {
    return projects.values().stream().filter(project -> project.id() == id).findFirst();
  }

  List<Project> projects() {
    return List.copyOf(projects.values());
  }

  /** Adds a system administrator. */
  public World admin(String name, String secret) {
    return add(new Account(name, secret, true, false, Set.of()));
  }

  /**
   * Adds a robot account of a project, named {@code robot$project+name}.
   *
   * @param rights permissions, each as {@code resource:action}, for example {@code repository:push}
   */
  public World robot(String project, String name, String secret, String... rights) {
    return add(
        new Account("robot$" + project + "+" + name, secret, false, false, in(project, rights)));
  }

  /**
   * Adds a robot account of the system, named {@code robot$name}, with permissions in all projects.
   */
  public World systemRobot(String name, String secret, String... rights) {
    var all = new HashSet<>(in("*", rights));
    return add(new Account("robot$" + name, secret, false, false, all));
  }

  private static Set<Right> in(String project, String... rights) {
    var all = new HashSet<Right>();
    for (var right : rights) {
      var parts = right.split(":", -1);
      all.add(new Right(project, parts[0], parts[1]));
    }
    return all;
  }

  /** Adds or replaces an account. */
  public World add(Account account) {
    accounts.put(account.name(), account);
    return this;
  }

  /** Disables an account. */
  public World disable(String name) {
    var account = Optional.ofNullable(accounts.get(name)).orElseThrow();
    return add(
        new Account(account.name(), account.secret(), account.admin(), true, account.rights()));
  }

  /** The account of an {@code Authorization: Basic} header; empty if it is unknown or disabled. */
  Optional<Account> basic(String header) {
    if (!header.startsWith("Basic ")) {
      return Optional.empty();
    }
    var pair = new String(Base64.getDecoder().decode(header.substring("Basic ".length())), UTF_8);
    var colon = pair.indexOf(':');
    return colon < 0
        ? Optional.empty()
        : Optional.ofNullable(accounts.get(pair.substring(0, colon)))
            .filter(account -> account.secret().equals(pair.substring(colon + 1)))
            .filter(account -> !account.disabled());
  }

  /** Adds a global label. */
  public int label(String name) {
    return label(name, 0);
  }

  /** Adds a label of a project. */
  public int label(String name, Project project) {
    return label(name, project.id());
  }

  private int label(String name, int project) {
    var label = new Label(ids.incrementAndGet(), name, project);
    labels.add(label);
    return label.id();
  }

  List<Label> labels() {
    return new ArrayList<>(labels);
  }

  int nextId() {
    return ids.incrementAndGet();
  }

  /** Sets the version, for example {@code v2.9.0-a1b2c3d4}, and the features of this version. */
  public World version(String other) {
    version = other;
    return this;
  }

  String version() {
    return version;
  }

  /** Whether SBOMs are supported: since version 2.11. */
  boolean makesBills() {
    var numbers = VERSION.matcher(version);
    return !numbers.matches()
        || Integer.parseInt(numbers.group(1)) > 2
        || Integer.parseInt(numbers.group(2)) >= 11;
  }

  /** Enables or disables the read-only mode. */
  public World readOnly(boolean yes) {
    readOnly = yes;
    return this;
  }

  boolean isReadOnly() {
    return readOnly;
  }

  /** Sets the scanner. */
  public World scanner(Scanner with) {
    scanner = Optional.of(with);
    return this;
  }

  Optional<Scanner> scanner() {
    return scanner;
  }
}
