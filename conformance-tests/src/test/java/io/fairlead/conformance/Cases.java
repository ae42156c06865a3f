package io.fairlead.conformance;

import io.fairlead.conformance.server.FairleadServer;
import io.fairlead.conformance.server.Leftovers;
import io.fairlead.conformance.server.LibvirtdServer;
import io.fairlead.conformance.server.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Turns a {@link Case} into its runs, and owns the daemons of a test class. */
final class Cases implements TestTemplateInvocationContextProvider {
    private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(Cases.class);

    /** Set where everything is installed: then a missing program is a failure, and not a reason to skip. */
    private static final boolean MUST_RUN = "1".equals(System.getenv("FAIRLEAD_REQUIRE_HOST"));

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return AnnotationSupport.isAnnotated(context.getRequiredTestMethod(), Case.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        Case wish = context.getRequiredTestMethod().getAnnotation(Case.class);
        return Stream.of(
                new Run("Fairlead", FairleadServer::start, reasonAgainstFairlead(), List.of()),
                new Run(
                        "libvirt's own",
                        LibvirtdServer::start,
                        reasonAgainstTheOracle(wish),
                        List.of(new OracleRepeats())));
    }

    static String reasonAgainstFairlead() {
        if (!isRoot()) {
            return "a daemon needs root";
        }
        return wanted("fairlead") ? "" : "left out with -Dconformance.servers";
    }

    private static String reasonAgainstTheOracle(Case wish) {
        if (!wish.notTheOracle().isEmpty()) {
            return wish.notTheOracle();
        }
        if (!isRoot()) {
            return "a daemon needs root";
        }
        if (!MUST_RUN && !LibvirtdServer.available()) {
            return "package libvirt-daemon-driver-lxc is not installed";
        }
        // UML is for our own daemon on cgroup v2; the original is compared on the host.
        return wanted("libvirtd") ? "" : "left out with -Dconformance.servers";
    }

    private static boolean isRoot() {
        return MUST_RUN || "root".equals(System.getProperty("user.name"));
    }

    private static boolean wanted(String server) {
        String servers = System.getProperty("conformance.servers", "");
        return servers.isBlank() || servers.contains(server);
    }

    /** One run of one case. A reason against it makes JUnit report it as skipped, because of that reason. */
    private record Run(String name, Supplier<Server> starter, String reasonAgainst, List<Extension> others)
            implements TestTemplateInvocationContext {

        @Override
        public String getDisplayName(int invocationIndex) {
            return name;
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            List<Extension> all = new ArrayList<>(others);
            all.add((ExecutionCondition) context -> reasonAgainst.isEmpty()
                    ? ConditionEvaluationResult.enabled("both daemons can take it")
                    : ConditionEvaluationResult.disabled(name + " left out: " + reasonAgainst));
            all.add(new ServerParameter(name, starter));
            return all;
        }
    }

    private record ServerParameter(String name, Supplier<Server> starter)
            implements ParameterResolver, AfterEachCallback {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Server.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return held(context).server();
        }

        @Override
        public void afterEach(ExtensionContext context) {
            Server server = held(context).server();
            context.getExecutionException()
                    .ifPresent(failure -> System.err.printf(
                            "%s on %s failed: %s%nits log ends:%n%s%n",
                            context.getRequiredTestMethod().getName(), name, failure.getMessage(), tail(server.log())));
            server.wipe();
        }

        private Held held(ExtensionContext context) {
            ExtensionContext.Store store =
                    context.getParent().orElseThrow().getParent().orElseThrow().getStore(OURS);
            return store.getOrComputeIfAbsent(name, key -> new Held(starter.get()), Held.class);
        }

        private static String tail(String log) {
            return log.substring(Math.max(0, log.length() - 4_000));
        }
    }

    /** A daemon for as long as its test class runs, and the host's tables around it. */
    private static final class Held implements AutoCloseable {
        private final Server server;
        private final Leftovers leftovers;

        Held(Server server) {
            this.server = server;
            this.leftovers = Leftovers.before(server.directory());
        }

        Server server() {
            return server;
        }

        @Override
        public void close() {
            server.close();
            List<String> found = leftovers.find();
            if (!found.isEmpty()) {
                throw new AssertionError("left behind: " + String.join("\n", found));
            }
        }
    }
}
