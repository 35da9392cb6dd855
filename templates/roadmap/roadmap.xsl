<?xml version="1.0" encoding="UTF-8"?>
<!-- План мероприятий («дорожная карта») and перечень: tables of numbered rows in sections.

     A table may have thousands of rows, so what is the same for all of them is found once: the
     columns with their settings ($cells), the parts of numbers around the count. Rows are
     numbered by their position; only inside a section that has explicit numbers, or rows between
     subsections, are neighbours counted. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:fo="http://www.w3.org/1999/XSL/Format"
                xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                xmlns:func="http://exslt.org/functions" xmlns:exsl="http://exslt.org/common"
                extension-element-prefixes="func exsl" exclude-result-prefixes="p f">

  <!-- Columns of a roadmap that names none: from the profile. -->
  <xsl:variable name="default-columns" select="document('default-columns.xml')/*/p:column"/>

  <xsl:template match="p:roadmap | p:register">
    <xsl:variable name="columns" select="p:columns/p:column
                                         | $default-columns[not(current()/p:columns)]"/>
    <xsl:variable name="name" select="f:table-name(.)"/>
    <xsl:variable name="resolved">
      <xsl:apply-templates select="$columns" mode="resolve"/>
    </xsl:variable>
    <fo:table xsl:use-attribute-sets="ruled-table" id="{$name}"
              space-before="{$set/p:table/@before}"
              space-after="{$set/p:table/@after}">
      <xsl:call-template name="at"/>
      <xsl:for-each select="$columns">
        <xsl:call-template name="table-column">
          <xsl:with-param name="width" select="f:column-width(.)"/>
        </xsl:call-template>
      </xsl:for-each>
      <fo:table-header xsl:use-attribute-sets="table-header">
        <fo:table-row xsl:use-attribute-sets="ruled-row">
          <xsl:apply-templates select="$columns" mode="roadmap-header"/>
        </fo:table-row>
        <xsl:if test="@column-numbers = 'yes'">
          <xsl:call-template name="column-numbers">
            <xsl:with-param name="columns" select="$columns"/>
          </xsl:call-template>
        </xsl:if>
      </fo:table-header>
      <fo:table-body>
        <xsl:call-template name="rows">
          <xsl:with-param name="table" select="."/>
          <xsl:with-param name="cells" select="exsl:node-set($resolved)/p:column"/>
          <xsl:with-param name="name" select="$name"/>
          <xsl:with-param name="numbering" select="f:either(@numbering, '1.1.')"/>
        </xsl:call-template>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <!-- ===================================================== columns -->

  <!-- A column as its cells need it: kind, alignment with the default filled in, and for kind
       text the place of its cell in the row. -->
  <xsl:template match="p:column" mode="resolve">
    <xsl:variable name="kind" select="concat(@kind, substring('text', 1, 4 * not(@kind)))"/>
    <xsl:variable name="align" select="@align | $set/p:table[not(current()/@align)]
                                               /@*[local-name() = concat($kind, '-align')]"/>
    <p:column kind="{$kind}" align="{$align}"
              place="{count(preceding-sibling::p:column[not(@kind) or @kind = 'text']) + 1}"/>
  </xsl:template>

  <xsl:template match="p:column" mode="roadmap-header">
    <xsl:choose>
      <xsl:when test="node()"><xsl:apply-templates select="." mode="header"/></xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="header-cell">
          <xsl:with-param name="text" select="f:setting('roadmap', @kind)"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <func:function name="f:column-width">
    <xsl:param name="column"/>
    <xsl:choose>
      <xsl:when test="$column/@width">
        <func:result select="string($column/@width)"/>
      </xsl:when>
      <xsl:when test="$column/@kind and $column/@kind != 'text'">
        <func:result select="f:setting('roadmap', concat($column/@kind, '-width'))"/>
      </xsl:when>
      <xsl:otherwise>
        <func:result select="'1*'"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- What ids of a table and its rows begin with: its own id, else roadmap, roadmap2… A row is
       roadmap-1.3. -->
  <func:function name="f:table-name">
    <xsl:param name="table"/>
    <xsl:variable name="kind" select="local-name($table)"/>
    <xsl:variable name="before" select="count($table/self::p:roadmap/preceding::p:roadmap
                                              | $table/self::p:register/preceding::p:register)"/>
    <xsl:choose>
      <xsl:when test="$table/@id">
        <func:result select="string($table/@id)"/>
      </xsl:when>
      <xsl:when test="$before = 0">
        <func:result select="f:free-id($kind)"/>
      </xsl:when>
      <xsl:otherwise>
        <func:result select="f:free-id(concat($kind, $before + 1))"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- ===================================================== rows -->

  <!-- The rows and sections in the current table or section. `above`: the number of the section,
       without its stop, empty when there is none. `path`: what the ids of the rows begin with
       after the table's name. -->
  <xsl:template name="rows">
    <xsl:param name="table"/>
    <xsl:param name="cells"/>
    <xsl:param name="name"/>
    <xsl:param name="numbering"/>
    <xsl:param name="above"/>
    <xsl:param name="path" select="$above"/>
    <xsl:param name="places"/>
    <xsl:param name="taken" select="$ids[starts-with(., concat($name, '-'))]"/>
    <xsl:variable name="mixed" select="p:section and (p:measure or p:row)"/>
    <!-- sections are numbered by their places -->
    <xsl:variable name="counted" select="not(p:measure or p:row
                                             or p:section[@number or @numbered = 'no'])"/>
    <!-- and so most often: 1., 2., 3., without a function for each -->
    <xsl:variable name="plain" select="$counted and $above = ''
      and not($taken or p:section/@id or $table/@section-numbering != '1.')"/>
    <xsl:variable name="before" select="concat($places, substring('.', 1, $places != ''))"/>
    <xsl:variable name="unnumbered" select="not(p:section/@number)"/>
    <!-- where numbers run through the table -->
    <xsl:variable name="first"
                  select="count(self::*[$table/@restart = 'no']/preceding::*[self::p:measure or self::p:row])
                          - count($table[@restart = 'no']/preceding::*[self::p:measure or self::p:row])"/>
    <xsl:variable name="stem" select="concat($name, '-', $path, substring('.', 1, $path != ''))"/>
    <xsl:variable name="regular" select="not($mixed or p:measure/@number or p:row/@number)
                                         and $numbering != 'none'
                                         and not($taken[starts-with(., $stem)])"/>
    <!-- what stands before and after the figure in the number of every row, see f:format -->
    <xsl:variable name="start" select="substring(concat($above, '.'), 1,
                                         99 * (starts-with($numbering, '1.1') and $above != ''))"/>
    <xsl:variable name="tail" select="translate(substring($numbering, string-length($numbering)), '1', '')"/>
    <xsl:for-each select="p:measure | p:row | p:section">
      <xsl:choose>
        <xsl:when test="$plain">
          <xsl:call-template name="section">
            <xsl:with-param name="table" select="$table"/>
            <xsl:with-param name="cells" select="$cells"/>
            <xsl:with-param name="name" select="$name"/>
            <xsl:with-param name="numbering" select="$numbering"/>
            <xsl:with-param name="number" select="concat(position(), '.')"/>
            <xsl:with-param name="inner" select="string(position())"/>
            <xsl:with-param name="id" select="concat($name, '-s', $before, position())"/>
            <xsl:with-param name="unnumbered" select="true()"/>
            <xsl:with-param name="places" select="concat($before, position())"/>
            <xsl:with-param name="taken" select="$taken"/>
          </xsl:call-template>
        </xsl:when>
        <xsl:when test="self::p:section">
          <xsl:call-template name="section">
            <xsl:with-param name="table" select="$table"/>
            <xsl:with-param name="cells" select="$cells"/>
            <xsl:with-param name="name" select="$name"/>
            <xsl:with-param name="numbering" select="$numbering"/>
            <xsl:with-param name="above" select="$above"/>
            <xsl:with-param name="index" select="f:section-index(., $counted, position())"/>
            <xsl:with-param name="taken" select="$taken"/>
            <xsl:with-param name="unnumbered" select="$unnumbered"/>
            <xsl:with-param name="places" select="concat($before, position() - count(self::*[$mixed]
                                              /preceding-sibling::*[self::p:measure or self::p:row]))"/>
          </xsl:call-template>
        </xsl:when>
        <xsl:when test="$regular">
          <xsl:call-template name="row">
            <xsl:with-param name="cells" select="$cells"/>
            <xsl:with-param name="number" select="concat($start, position() + $first, $tail)"/>
            <xsl:with-param name="id" select="concat($stem, position() + $first)"/>
          </xsl:call-template>
        </xsl:when>
        <xsl:otherwise>
          <xsl:variable name="index" select="f:row-index(., $table)"/>
          <!-- a number of its own may repeat one before: then its place is told too -->
          <xsl:variable name="place" select="concat('-', position())"/>
          <xsl:call-template name="row">
            <xsl:with-param name="cells" select="$cells"/>
            <xsl:with-param name="number" select="f:row-number(., $numbering, $start, $index, $tail)"/>
            <xsl:with-param name="id" select="f:free-id(concat($stem, $index,
              substring($place, 1, string-length($place) * f:repeats(., $index))))"/>
          </xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:template>

  <!-- The count of a row among its neighbours, or through the table; explicit numbers set it. -->
  <func:function name="f:row-index">
    <xsl:param name="row"/>
    <xsl:param name="table"/>
    <xsl:choose>
      <xsl:when test="$table/@restart = 'no' and not($row/@number
                      or $row/preceding-sibling::*[local-name() = local-name($row)]/@number)">
        <func:result select="count($row/preceding::p:measure | $row/preceding::p:row)
          - count($table/preceding::p:measure | $table/preceding::p:row) + 1"/>
      </xsl:when>
      <xsl:otherwise>
        <func:result select="f:index($row)"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <func:function name="f:row-number">
    <xsl:param name="row"/>
    <xsl:param name="numbering"/>
    <xsl:param name="start"/>
    <xsl:param name="index"/>
    <xsl:param name="tail"/>
    <xsl:choose>
      <xsl:when test="$row/@number">
        <func:result select="string($row/@number)"/>
      </xsl:when>
      <xsl:when test="$numbering = 'none'">
        <func:result select="''"/>
      </xsl:when>
      <xsl:otherwise>
        <func:result select="concat($start, $index, $tail)"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- Whether a row among rows with explicit numbers comes to a number that one before it has. -->
  <func:function name="f:repeats">
    <xsl:param name="row"/>
    <xsl:param name="index"/>
    <xsl:variable name="name" select="local-name($row)"/>
    <func:result select="$index = 0 or count($row/preceding-sibling::*[local-name() = $name]
                         [f:index(.) = $index]) &gt; 0"/>
  </func:function>

  <!-- A measure or a row of a register. -->
  <xsl:template name="row">
    <xsl:param name="cells"/>
    <xsl:param name="number"/>
    <xsl:param name="id"/>
    <xsl:variable name="row" select="."/>
    <xsl:variable name="splits" select="string-length() &gt;= $split-from"/>
    <fo:table-row border="{$cell-border}" border-before-width="{$rule-width}"
                  border-before-width.conditionality="retain" border-after-width="{$rule-width}"
                  border-after-width.conditionality="retain" id="{$id}">
      <xsl:if test="@id">
        <xsl:attribute name="id"><xsl:value-of select="@id"/></xsl:attribute>
      </xsl:if>
      <xsl:call-template name="at"/>
      <xsl:if test="not($splits)">
        <xsl:attribute name="keep-together.within-column">
          <xsl:value-of select="$row-keep"/>
        </xsl:attribute>
      </xsl:if>
      <xsl:for-each select="$cells">
        <xsl:choose>
          <xsl:when test="@kind = 'number'">
            <fo:table-cell padding="{$cell-padding}">
              <xsl:if test="@align != 'left'">
                <xsl:attribute name="text-align"><xsl:value-of select="@align"/></xsl:attribute>
              </xsl:if>
              <fo:block><xsl:value-of select="$number"/></fo:block>
            </fo:table-cell>
          </xsl:when>
          <xsl:when test="@kind = 'action'">
            <xsl:apply-templates select="$row/p:action" mode="cell">
              <xsl:with-param name="align" select="@align"/>
              <xsl:with-param name="splits" select="$splits"/>
            </xsl:apply-templates>
          </xsl:when>
          <xsl:when test="@kind = 'deadline'">
            <xsl:apply-templates select="$row/p:deadline" mode="cell">
              <xsl:with-param name="align" select="@align"/>
              <xsl:with-param name="splits" select="$splits"/>
            </xsl:apply-templates>
          </xsl:when>
          <xsl:when test="@kind = 'responsible'">
            <xsl:apply-templates select="$row/p:responsible" mode="cell">
              <xsl:with-param name="align" select="@align"/>
              <xsl:with-param name="splits" select="$splits"/>
            </xsl:apply-templates>
          </xsl:when>
          <xsl:otherwise>
            <xsl:variable name="cell" select="$row/p:cell[position() = current()/@place]"/>
            <xsl:apply-templates select="$cell" mode="cell">
              <xsl:with-param name="align" select="@align"/>
              <xsl:with-param name="splits" select="$splits"/>
            </xsl:apply-templates>
            <!-- a register's row may be short because of spans; a measure's has all its cells -->
            <xsl:if test="not($cell) and $row/self::p:measure">
              <fo:table-cell padding="{$cell-padding}"><fo:block/></fo:table-cell>
            </xsl:if>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
    </fo:table-row>
  </xsl:template>

  <!-- A cell; most hold nothing but text. -->
  <xsl:template match="p:action | p:deadline | p:responsible | p:cell" mode="cell">
    <xsl:param name="align"/>
    <xsl:param name="splits"/>
    <fo:table-cell padding="{$cell-padding}">
      <xsl:if test="$splits"><xsl:call-template name="cell-split"/></xsl:if>
      <xsl:if test="self::p:cell"><xsl:call-template name="cell-spans"/></xsl:if>
      <xsl:choose>
        <xsl:when test="@align">
          <xsl:call-template name="cell-align">
            <xsl:with-param name="align" select="@align"/>
          </xsl:call-template>
        </xsl:when>
        <xsl:when test="$align != 'left'">
          <xsl:call-template name="cell-align">
            <xsl:with-param name="align" select="$align"/>
          </xsl:call-template>
        </xsl:when>
      </xsl:choose>
      <xsl:choose>
        <xsl:when test="not(*)">
          <fo:block>
            <xsl:call-template name="at"/>
            <xsl:value-of select="."/>
          </fo:block>
        </xsl:when>
        <xsl:when test="self::p:responsible and p:ref[2]
                        and not(*[not(self::p:ref)] or text()[normalize-space()])">
          <xsl:call-template name="parties"/>
        </xsl:when>
        <xsl:otherwise><xsl:call-template name="flow"/></xsl:otherwise>
      </xsl:choose>
    </fo:table-cell>
  </xsl:template>

  <xsl:variable name="parties-form" select="string($set/p:table/@parties)"/>

  <!-- References to several parties and nothing else: parted by lines or commas. -->
  <xsl:template name="parties">
    <xsl:choose>
      <xsl:when test="ancestor::p:roadmap/@parties = 'commas'
                      or ($parties-form = 'commas' and not(ancestor::p:roadmap/@parties))">
        <fo:block>
          <xsl:call-template name="at"/>
          <xsl:for-each select="p:ref">
            <xsl:if test="position() &gt; 1">, </xsl:if>
            <xsl:apply-templates select="."/>
          </xsl:for-each>
        </fo:block>
      </xsl:when>
      <xsl:otherwise>
        <xsl:for-each select="p:ref">
          <fo:block>
            <xsl:call-template name="at"/>
            <xsl:apply-templates select="."/>
          </fo:block>
        </xsl:for-each>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ===================================================== sections -->

  <!-- A section: its row over the whole table, or its number in a cell of its own and the title
       over the rest; then its rows. -->
  <xsl:template name="section">
    <xsl:param name="table"/>
    <xsl:param name="cells"/>
    <xsl:param name="name"/>
    <xsl:param name="numbering"/>
    <xsl:param name="above"/>
    <xsl:param name="index"/>
    <xsl:param name="places"/>
    <xsl:param name="unnumbered"/>
    <xsl:param name="taken"/>
    <xsl:param name="number" select="f:section-number(., $table, $above, $index)"/>
    <xsl:param name="inner" select="f:section-above($number, $above, $index)"/>
    <xsl:param name="id" select="f:section-id(., $name, $places)"/>
    <!-- rows' ids go by numbers as long as these cannot repeat, else by places -->
    <xsl:variable name="by-number" select="$inner != '' and ($unnumbered
      or not(@number | preceding-sibling::p:section/@number))"/>
    <xsl:variable name="inner-path" select="concat(substring($inner, 1, 99 * $by-number),
                                                   substring(concat('s', $places), 1,
                                                             99 * not($by-number)))"/>
    <!-- the cell of its number may be empty -->
    <xsl:variable name="in-cell" select="(@section-number = 'cell'
      or ($table/@section-number = 'cell' and not(@section-number))) and not(@numbered = 'no')
      and (@number or not($table/@section-numbering = 'none'))"/>
    <fo:table-row xsl:use-attribute-sets="ruled-row" keep-together.within-column="always"
                  keep-with-next.within-column="always">
      <xsl:call-template name="at"/>
      <xsl:if test="$in-cell">
        <fo:table-cell padding="{$cell-padding}" role="TH" font-weight="{$section-weight}"
                       text-align="{$number-align}">
          <fo:block><xsl:value-of select="$number"/></fo:block>
        </fo:table-cell>
      </xsl:if>
      <xsl:apply-templates select="p:title" mode="section">
        <xsl:with-param name="id" select="$id"/>
        <xsl:with-param name="span" select="count($cells) - $in-cell"/>
        <xsl:with-param name="number" select="substring($number, 1, 99 * not($in-cell))"/>
        <xsl:with-param name="table" select="$table"/>
      </xsl:apply-templates>
    </fo:table-row>
    <xsl:call-template name="rows">
      <xsl:with-param name="table" select="$table"/>
      <xsl:with-param name="cells" select="$cells"/>
      <xsl:with-param name="name" select="$name"/>
      <xsl:with-param name="numbering" select="$numbering"/>
      <xsl:with-param name="above" select="$inner"/>
      <xsl:with-param name="path" select="$inner-path"/>
      <xsl:with-param name="places" select="$places"/>
      <xsl:with-param name="taken" select="$taken"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:variable name="section-weight" select="string($set/p:table/@section-weight)"/>
  <xsl:variable name="section-align" select="string($set/p:table/@section-align)"/>
  <xsl:variable name="number-align" select="string($set/p:table/@number-align)"/>

  <xsl:template match="p:title" mode="section">
    <xsl:param name="id"/>
    <xsl:param name="span"/>
    <xsl:param name="number"/>
    <xsl:param name="table"/>
    <fo:table-cell padding="{$cell-padding}" role="TH" number-columns-spanned="{$span}"
                   hyphenate="false" font-weight="{$section-weight}" text-align="{$section-align}">
      <xsl:if test="@weight">
        <xsl:attribute name="font-weight"><xsl:value-of select="@weight"/></xsl:attribute>
      </xsl:if>
      <xsl:if test="@align or $table/@section-align">
        <xsl:attribute name="text-align">
          <xsl:value-of select="f:either(@align, $table/@section-align)"/>
        </xsl:attribute>
      </xsl:if>
      <fo:block id="{$id}">
        <xsl:call-template name="at"/>
        <xsl:if test="$number != ''"><xsl:value-of select="concat($number, '&#160;')"/></xsl:if>
        <xsl:apply-templates/>
      </fo:block>
    </fo:table-cell>
  </xsl:template>

  <!-- A section's number as it is printed: «1.», in a numbered section «1.1.». -->
  <func:function name="f:section-number">
    <xsl:param name="section"/>
    <xsl:param name="table"/>
    <xsl:param name="above"/>
    <xsl:param name="index"/>
    <xsl:choose>
      <xsl:when test="$section/@numbered = 'no'">
        <func:result select="''"/>
      </xsl:when>
      <xsl:when test="$section/@number">
        <func:result select="string($section/@number)"/>
      </xsl:when>
      <xsl:when test="$table/@section-numbering = 'none'">
        <func:result select="''"/>
      </xsl:when>
      <xsl:when test="$above != ''">
        <func:result select="f:format($index, concat('1.1', translate(
          f:either($table/@section-numbering, '1.'), '1I', '')), $above)"/>
      </xsl:when>
      <xsl:when test="not($table/@section-numbering != '1.')"><!-- most tables -->
        <func:result select="concat($index, '.')"/>
      </xsl:when>
      <xsl:otherwise>
        <func:result select="f:format($index, string($table/@section-numbering), '')"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- What the numbers of a section's rows begin with: «2.1», empty when it has no number. -->
  <func:function name="f:section-above">
    <xsl:param name="number"/>
    <xsl:param name="above"/>
    <xsl:param name="index"/>
    <func:result select="substring(concat($above, '.', $index), 1 + ($above = ''),
                                   9999 * ($number != ''))"/>
  </func:function>

  <!-- A section's place among the numbered sections beside it, at once when they are counted. -->
  <func:function name="f:section-index">
    <xsl:param name="section"/>
    <xsl:param name="counted"/>
    <xsl:param name="position"/>
    <xsl:choose>
      <xsl:when test="$counted">
        <func:result select="$position"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:for-each select="$section">
          <xsl:variable name="before" select="preceding-sibling::p:section[not(@numbered = 'no')]"/>
          <xsl:variable name="set" select="$before[@number][last()]"/>
          <xsl:choose>
            <xsl:when test="@number != ''">
              <func:result select="f:figure(@number)"/>
            </xsl:when>
            <xsl:when test="$set">
              <func:result select="f:section-index($set, false(), 0) + count($before)
                - count($set/preceding-sibling::p:section[not(@numbered = 'no')])"/>
            </xsl:when>
            <xsl:otherwise>
              <func:result select="count($before) + 1"/>
            </xsl:otherwise>
          </xsl:choose>
        </xsl:for-each>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- Where links to a section lead: its id, or its place: roadmap-s2.1. -->
  <func:function name="f:section-id">
    <xsl:param name="section"/>
    <xsl:param name="name"/>
    <xsl:param name="places"/>
    <xsl:choose>
      <xsl:when test="$section/@id"><func:result select="string($section/@id)"/></xsl:when>
      <xsl:otherwise>
        <func:result select="f:free-id(concat($name, '-s', $places))"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- ===================================================== references -->

  <!-- «пункт 1.3»: a measure or a row is referred to by its number, without the stop. -->
  <xsl:template match="p:measure | p:row" mode="ref">
    <xsl:param name="ref"/>
    <xsl:variable name="table" select="ancestor::*[self::p:roadmap or self::p:register][1]"/>
    <xsl:variable name="numbering" select="f:either($table/@numbering, '1.1.')"/>
    <xsl:variable name="index" select="f:row-index(., $table)"/>
    <xsl:variable name="number" select="f:either(@number, f:format($index, $numbering,
                                                     f:section-path(parent::p:section, $table)))"/>
    <xsl:if test="$number != '' and not($numbering = 'none' and not(@number))">
      <xsl:if test="not($ref/@form = 'number')">
        <xsl:call-template name="ref-word">
          <xsl:with-param name="word" select="'point'"/>
          <xsl:with-param name="ref" select="$ref"/>
        </xsl:call-template>
        <xsl:text>&#160;</xsl:text>
      </xsl:if>
      <xsl:value-of select="f:bare($number)"/>
    </xsl:if>
  </xsl:template>

  <!-- What the numbers of a section's rows begin with, found from the section alone. -->
  <func:function name="f:section-path">
    <xsl:param name="section"/>
    <xsl:param name="table"/>
    <xsl:choose>
      <xsl:when test="$section">
        <xsl:variable name="above" select="f:section-path($section/parent::p:section, $table)"/>
        <xsl:variable name="index" select="f:section-index($section, false(), 0)"/>
        <func:result select="f:section-above(f:section-number($section, $table, $above, $index),
                                             $above, $index)"/>
      </xsl:when>
      <xsl:otherwise>
        <func:result select="''"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- ===================================================== outline -->

  <xsl:template match="p:roadmap | p:register" mode="outline">
    <xsl:call-template name="section-outline">
      <xsl:with-param name="table" select="."/>
      <xsl:with-param name="name" select="f:table-name(.)"/>
    </xsl:call-template>
  </xsl:template>

  <!-- Bookmarks of the sections in the current element. -->
  <xsl:template name="section-outline">
    <xsl:param name="table"/>
    <xsl:param name="name"/>
    <xsl:param name="above"/>
    <xsl:param name="places"/>
    <xsl:param name="taken" select="$ids[starts-with(., concat($name, '-'))]"/>
    <!-- as in the table -->
    <xsl:variable name="counted" select="not(p:measure or p:row
                                             or p:section[@number or @numbered = 'no'])"/>
    <xsl:variable name="plain" select="$counted and $above = ''
      and not($taken or p:section/@id or $table/@section-numbering != '1.')"/>
    <xsl:variable name="before" select="concat($places, substring('.', 1, $places != ''))"/>
    <xsl:for-each select="p:section">
      <xsl:choose>
        <xsl:when test="$plain">
          <xsl:call-template name="section-bookmark">
            <xsl:with-param name="table" select="$table"/>
            <xsl:with-param name="name" select="$name"/>
            <xsl:with-param name="number" select="concat(position(), '.')"/>
            <xsl:with-param name="inner" select="string(position())"/>
            <xsl:with-param name="id" select="concat($name, '-s', $before, position())"/>
            <xsl:with-param name="places" select="concat($before, position())"/>
            <xsl:with-param name="taken" select="$taken"/>
          </xsl:call-template>
        </xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="section-bookmark">
            <xsl:with-param name="table" select="$table"/>
            <xsl:with-param name="name" select="$name"/>
            <xsl:with-param name="above" select="$above"/>
            <xsl:with-param name="index" select="f:section-index(., $counted, position())"/>
            <xsl:with-param name="places" select="concat($before, position())"/>
            <xsl:with-param name="taken" select="$taken"/>
          </xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="section-bookmark">
    <xsl:param name="table"/>
    <xsl:param name="name"/>
    <xsl:param name="above"/>
    <xsl:param name="index"/>
    <xsl:param name="places"/>
    <xsl:param name="taken"/>
    <xsl:param name="number" select="f:section-number(., $table, $above, $index)"/>
    <xsl:param name="inner" select="f:section-above($number, $above, $index)"/>
    <xsl:param name="id" select="f:section-id(., $name, $places)"/>
    <fo:bookmark internal-destination="{$id}">
      <fo:bookmark-title>
        <xsl:value-of select="concat($number, substring(' ', 1, $number != ''))"/>
        <xsl:apply-templates select="p:title" mode="plain"/>
      </fo:bookmark-title>
      <xsl:if test="p:section">
        <xsl:call-template name="section-outline">
          <xsl:with-param name="table" select="$table"/>
          <xsl:with-param name="name" select="$name"/>
          <xsl:with-param name="above" select="$inner"/>
          <xsl:with-param name="places" select="$places"/>
          <xsl:with-param name="taken" select="$taken"/>
        </xsl:call-template>
      </xsl:if>
    </fo:bookmark>
  </xsl:template>
</xsl:stylesheet>
