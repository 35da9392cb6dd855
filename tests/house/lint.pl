#!/usr/bin/perl
# House rules that a compiler does not know, each a few lines over the text of the sources.
#
#   lint.pl [FOLDER]     look at the tree below FOLDER (default: here); status 1 on any fault
#   lint.pl --self-test  show every rule a bad sample, which it must refuse, and a good one
#
# A rule is a function that gets (path, text, code, complain): `text` is the file, `code` the same
# with the inside of comments and strings blanked, lines kept. Only perl-base is needed.
use strict;
use warnings;

# Which folders of src/ a folder may include, beside its own.
my %ARROWS = (
    base      => [],
    read      => [qw(base)],
    transform => [qw(base)],
    fo        => [qw(base)],
    text      => [qw(base)],
    build     => [qw(base)],
    plan      => [qw(base)],
    area      => [qw(base text)],
    svg       => [qw(base text area)],
    layout    => [qw(base fo text area svg)],
    pdf       => [qw(base text area)],
    check     => [qw(base read text area transform)],
    app       => [qw(base read transform fo text build area svg layout pdf check plan)],
    cli       => [qw(base app)],
);
our $ROOT = '.'; # of the tree looked at
my $LONGEST_FILE = 1200;
my @TOP = qw(Makefile README.md LICENSE src templates input tests output);

# Words are broken up with a class of one letter so that this file does not find itself.
my $MARK = qr/\b(?:TOD[O]|FIXM[E]|XX[X]|HAC[K])\b|\bnot implemente[d]\b|\bfor no[w]\b/;
my $MACHINE = qr{(?:^|[^A-Za-z0-9_.\$\})])/(?:wor[k]|roo[t]|far[m]|hom[e])/};
my $CLOCK = qr/\b(?:time|gettimeofday|clock_gettime|clock|timespec_get|localtime(?:_r)?|ctime(?:_r)?
               |strftime|mktime|rand|srand|random|drand48|arc4random|getrandom)\s*\(
               |__DATE__|__TIME__|__TIMESTAMP__/x;
my $LOCALE = qr/\b(?:setlocale|newlocale|uselocale|localeconv|nl_langinfo|strcoll|strxfrm
                |strcasecmp|towupper|towlower)\s*\(|\bLC_(?:ALL|NUMERIC|COLLATE|TIME)\b/x;

my %RULES = (
    arrows => sub {
        my ($path, $text, $code, $complain) = @_;
        my ($from) = $path =~ m{^src/(\w+)/[^/]+\.[ch]$} or return;
        my %may = map { $_ => 1 } $from, @{ $ARROWS{$from} || [] };
        $complain->(0, "folder src/$from has no row in the table of allowed includes")
            unless $ARROWS{$from};
        while ($text =~ m{^\s*#\s*include\s*"(?:(\w+)/)?[^"]*"}mg) {
            my $to = defined $1 ? $1 : $from;
            $complain->($-[0], "src/$from may not include src/$to") unless $may{$to};
        }
    },
    float => sub {
        my ($path, $text, $code, $complain) = @_;
        return unless $path =~ m{^src/.*\.[ch]$} && $path !~ m{^src/pdf/};
        while ($code =~ /\b(float|double|strto[dfl]d?|atof)\b/g) {
            next if $1 eq 'strtol';
            $complain->($-[0], "$1 outside src/pdf: lengths are integers (base/mpt.h)");
        }
    },
    libharu => sub {
        my ($path, $text, $code, $complain) = @_;
        return unless $path =~ m{^src/.*\.[ch]$} && $path !~ m{^src/pdf/};
        $complain->($-[0], 'libharu outside src/pdf') while $text =~ /\bhpdf\w*\.h\b|\bHPDF_\w+/g;
    },
    clock => sub {
        my ($path, $text, $code, $complain) = @_;
        return unless $path =~ m{^src/.*\.[ch]$};
        while ($code =~ /$CLOCK/g) {
            my ($at, $what) = ($-[0], $&);
            # Measuring how long a run took is no part of its output.
            next if $what =~ /^clock_gettime/ && $path =~ m{^src/(?:app|build|cli)/};
            $complain->($at, "«$what»: the output may not depend on clock or chance");
        }
    },
    locale => sub {
        my ($path, $text, $code, $complain) = @_;
        return unless $path =~ m{^src/.*\.[ch]$};
        while ($code =~ /$LOCALE/g) {
            my ($at, $what) = ($-[0], $&);
            next if $what =~ /^setlocale/ && $path =~ m{^src/cli/};
            $complain->($at, "«$what»: the output may not depend on the locale;"
                           . ' messages need LC_MESSAGES and LC_CTYPE only, and src/cli sets them');
        }
    },
    environment => sub {
        my ($path, $text, $code, $complain) = @_;
        return unless $path =~ m{^src/.*\.[ch]$} && $path !~ m{^src/(?:cli|app)/};
        while ($code =~ /\b(?:secure_)?getenv\s*\(/g) {
            my $at = $-[0];
            # fontconfig reads its own variables; src/text must know whether they are set.
            next if $path =~ m{^src/text/} && substr($text, $at) =~ /^getenv\("FONTCONFIG_/;
            $complain->($at, 'getenv outside src/cli and src/app: pass it as an option');
        }
    },
    length => sub {
        my ($path, $text, $code, $complain) = @_;
        return unless $path =~ m{^(?:src|tests)/.*\.[ch]$};
        my $lines = ($text =~ tr/\n//);
        $complain->(0, "$lines lines; split the file before it has $LONGEST_FILE")
            if $lines > $LONGEST_FILE;
    },
    purpose => sub {
        my ($path, $text, $code, $complain) = @_;
        return unless $path =~ m{^(?:src|tests)/.*\.[ch]$};
        my ($opening) = $text =~ m{^/\*\s*(.*?)\*/}s;
        $complain->(0, 'the file does not open with a comment that says its purpose')
            unless defined $opening && length $opening > 15 && $opening =~ /[.:?]/;
    },
    marks => sub {
        my ($path, $text, $code, $complain) = @_;
        return if $path =~ m{^(?:input|tests/cases)/};
        $complain->($-[0], "«$&»: finish it, or say it in the note on the issue")
            while $text =~ /$MARK/g;
    },
    machine => sub {
        my ($path, $text, $code, $complain) = @_;
        $complain->($-[0], 'a path of one machine') while $text =~ /$MACHINE/mg;
    },
    names => sub {
        my ($path, $text, $code, $complain) = @_;
        $complain->(0, 'a file name of other characters than A-Z a-z 0-9 . _ -')
            unless $path =~ m{^[A-Za-z0-9._/-]+$};
    },
    pages => sub {
        my ($path, $text, $code, $complain) = @_;
        return unless $path =~ /\.md$/;
        my $folder = $path =~ m{^(.*/)} ? $1 : '';
        while ($text =~ m{\]\((?!https?:|#)([^)\s#]+)|`((?:src|tests|templates|input)/[\w./-]+)`}g) {
            my ($at, $named) = ($-[0], defined $1 ? $folder . $1 : $2);
            next if $named =~ /NAME|STAGE|my-order/; # stands for any name
            $complain->($at, "$named is not there") unless -e "$ROOT/$named";
        }
    },
    top => sub {
        my ($path, $text, $code, $complain) = @_;
        my ($first, $rest) = split m{/}, $path, 2;
        $complain->(0, "the top level holds only @TOP and dotfiles")
            unless $first =~ /^\./ || grep { $_ eq $first } @TOP;
    },
);

# A sample each rule refuses: path, text; and one it lets pass.
my @SAMPLES = (
    arrows => ['src/pdf/a.c', qq{#include "fo/fo.h"\n}], ['src/pdf/a.c', qq{#include "area/area.h"\n}],
    arrows => ['src/text/a.c', qq{#include <x.h>\n # include "layout/layout.h"\n}],
              ['src/app/a.c', qq{#include "layout/layout.h"\n#include "app.h"\n}],
    arrows => ['src/neu/a.c', "int a;\n"], ['src/base/a.c', qq{#include "base/mem.h"\n}],
    float => ['src/layout/a.c', "static double x;\n"], ['src/layout/a.c', "/* no double */ int x;\n"],
    float => ['src/fo/a.c', "mpt x = strtod(s, 0);\n"], ['src/pdf/a.c', "float x = 0;\n"],
    libharu => ['src/layout/a.c', "#include <hpdf.h>\n"], ['src/pdf/a.c', "#include <hpdf.h>\n"],
    libharu => ['src/app/a.h', "HPDF_Doc d;\n"], ['src/app/a.h', "struct pdf d;\n"],
    clock => ['src/pdf/a.c', "t = time(NULL);\n"], ['src/pdf/a.c', "run_time(NULL); /* time(0) */\n"],
    clock => ['src/read/a.c', "clock_gettime(CLOCK_REALTIME, &t);\n"],
             ['src/cli/a.c', "clock_gettime(CLOCK_MONOTONIC, &t);\n"],
    clock => ['src/cli/a.c', "puts(__DATE__);\n"], ['src/cli/a.c', "puts(\"__DATE__\");\n"],
    locale => ['src/text/a.c', "setlocale(LC_CTYPE, \"\");\n"], ['src/cli/a.c', "setlocale(LC_MESSAGES, \"\");\n"],
    locale => ['src/cli/a.c', "setlocale(LC_ALL, \"\");\n"], ['src/base/a.c', "strcmp(a, b);\n"],
    environment => ['src/pdf/a.c', "getenv(\"X\");\n"], ['src/cli/a.c', "getenv(\"X\");\n"],
    environment => ['src/text/a.c', "getenv(\"HOME\");\n"], ['src/text/a.c', "getenv(\"FONTCONFIG_FILE\");\n"],
    length => ['src/fo/a.c', "\n" x ($LONGEST_FILE + 1)], ['src/fo/a.c', "\n" x $LONGEST_FILE],
    purpose => ['src/fo/a.h', "#ifndef A\n/* A tree of objects, resolved. */\n"],
               ['src/fo/a.h', "/* A tree of objects, resolved. */\n"],
    marks => ['templates/a.xsl', '<!-- TOD' . "O: more -->\n"], ['src/read/a.c', "\"prikaz.XXXXXX\"\n"],
    machine => ['README.md', 'see /wor' . "k/main\n"], ['README.md', "see templates/work/main\n"],
    names => ["input/\xd0\xb0.xml", "\n"], ['input/a-1_b.xml', "\n"],
    pages => ['README.md', "see [x](src/none.md)\n"], ['README.md', "see [x](Makefile), `tests/house/lint.pl`\n"],
    top => ['notes.md', "\n"], ['.clang-tidy', "\n"],
);

# Comments and the inside of string and character literals become blanks; line ends stay.
sub blank_out {
    my ($text) = @_;
    my $blank = sub { my $s = shift; $s =~ s/[^\n]/ /g; $s };
    $text =~ s{(/\*.*?\*/|//[^\n]*)|"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'}
              {defined $1 ? $blank->($1) : defined $2 ? '"' . $blank->($2) . '"' : "'" . $blank->($3) . "'"}gse;
    return $text;
}

# All faults of one file as lines «path:line: rule: message».
sub look_at {
    my ($path, $text, @rules) = @_;
    my $code = $path =~ /\.[ch]$/ ? blank_out($text) : $text;
    my @faults;
    for my $rule (@rules) {
        my $complain = sub {
            my ($at, $message) = @_;
            my $line = 1 + (substr($text, 0, $at) =~ tr/\n//);
            push @faults, "$path:$line: $rule: $message";
        };
        $RULES{$rule}->($path, $text, $code, $complain);
    }
    return @faults;
}

sub self_test {
    my ($wrong, $shown, %seen) = (0, 0);
    for (my $i = 0; $i < @SAMPLES; $i += 3) {
        my ($rule, $bad, $good) = @SAMPLES[$i .. $i + 2];
        $seen{$rule} = 1;
        $shown += 2;
        look_at(@$bad, $rule) or $wrong++, print "lint: rule $rule lets a bad sample pass: $bad->[1]";
        look_at(@$good, $rule) and $wrong++, print "lint: rule $rule refuses a good sample: $good->[1]";
    }
    $seen{$_} or $wrong++, print "lint: rule $_ has no sample\n" for sort keys %RULES;
    print "lint: ", scalar(keys %RULES), " rules, $shown samples, $wrong wrong\n";
    return $wrong;
}

# Paths of all files below the folder, sorted; what is made and what git keeps is left out.
sub find_files {
    my ($root, $below) = @_;
    opendir my $dir, $below eq '' ? $root : "$root/$below" or die "lint: $root/$below: $!\n";
    my @names = sort grep { !/^\.\.?$/ } readdir $dir;
    closedir $dir;
    my @found;
    for my $name (@names) {
        my $path = $below eq '' ? $name : "$below/$name";
        next if $path =~ m{^(?:\.git|\.build|output)$};
        push @found, -l "$root/$path" ? () : -d _ ? find_files($root, $path) : $path;
    }
    return @found;
}

# Lengths of all function bodies of a source in house format: from «{» to «}» in the first column.
sub function_lengths {
    my ($code) = @_;
    my ($start, $n, @lengths) = (0, 0);
    for my $line (split /\n/, $code) {
        $n++;
        $start = $n if $line =~ /^\{/;
        push @lengths, $n - $start - 1 and $start = 0 if $start && $line =~ /^\}/;
    }
    return @lengths;
}

sub main {
    return self_test() ? 1 : 0 if @ARGV && $ARGV[0] eq '--self-test';
    my $root = $ROOT = @ARGV ? $ARGV[0] : '.';
    my (@faults, @lengths, $lines);
    for my $path (find_files($root, '')) {
        open my $file, '<:raw', "$root/$path" or die "lint: $root/$path: $!\n";
        my $text = do { local $/; <$file> };
        $text = '' unless defined $text;
        my @rules = $path =~ /\.(?:png|jpe?g|pdf|ttf|bin)$/ ? qw(names top) : sort keys %RULES;
        push @faults, look_at($path, $text, @rules);
        next unless $path =~ m{^src/.*\.c$};
        push @lengths, function_lengths(blank_out($text));
        $lines += ($text =~ tr/\n//);
    }
    print map { "$_\n" } @faults;
    @lengths = sort { $a <=> $b } @lengths;
    printf "lint: src: %d lines, %d functions, median %d lines, %d %% under 70, longest %d\n",
        $lines, scalar @lengths, $lengths[@lengths / 2],
        int(100 * (grep { $_ < 70 } @lengths) / @lengths), $lengths[-1] if @lengths;
    return @faults ? 1 : 0;
}

exit main();
