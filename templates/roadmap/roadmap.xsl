<?xml version="1.0" encoding="UTF-8"?>
<!-- План мероприятий («дорожная карта») and перечень: tables of numbered rows in sections.

     Rows are numbered by their position where that is enough; only inside a section that has
     explicit numbers, or rows between subsections, are neighbours counted. The number of columns
     and the number of the section around are passed down. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:fo="http://www.w3.org/1999/XSL/Format"
                xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                xmlns:func="http://exslt.org/functions"
                extension-element-prefixes="func" exclude-result-prefixes="p f">

  <!-- Columns of a roadmap that names none: from the profile. -->
  <xsl:variable name="default-columns" select="document('default-columns.xml')/*/p:column"/>

  <xsl:template match="p:roadmap | p:register">
    <xsl:variable name="columns" select="p:columns/p:column
                                         | $default-columns[not(current()/p:columns)]"/>
    <xsl:variable name="count" select="count($columns)"/>
    <fo:table xsl:use-attribute-sets="ruled-table" id="{f:table-name(.)}"
              space-before="{f:setting('table', 'before')}"
              space-after="{f:setting('table', 'after')}">
      <xsl:call-template name="at"/>
      <xsl:for-each select="$columns">
        <xsl:call-template name="table-column">
          <xsl:with-param name="width" select="f:column-width(.)"/>
        </xsl:call-template>
      </xsl:for-each>
      <fo:table-header xsl:use-attribute-sets="table-header">
        <fo:table-row role="TR">
          <xsl:apply-templates select="$columns" mode="roadmap-header"/>
        </fo:table-row>
        <xsl:if test="@column-numbers = 'yes'">
          <xsl:call-template name="column-numbers">
            <xsl:with-param name="columns" select="$columns"/>
          </xsl:call-template>
        </xsl:if>
      </fo:table-header>
      <fo:table-body role="TBody">
        <xsl:call-template name="rows">
          <xsl:with-param name="columns" select="$columns"/>
          <xsl:with-param name="count" select="$count"/>
          <xsl:with-param name="name" select="f:table-name(.)"/>
          <xsl:with-param name="numbering" select="f:row-numbering(.)"/>
        </xsl:call-template>
      </fo:table-body>
    </fo:table>
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
    <xsl:variable name="before" select="count($table/preceding::*[local-name() = $kind])"/>
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

  <func:function name="f:row-numbering">
    <xsl:param name="table"/>
    <func:result select="f:either($table/@numbering, '1.1.')"/>
  </func:function>

  <!-- ===================================================== rows and sections -->

  <!-- The rows of the current table or section. `above`: the number of the section, without its
       stop, empty when there is none. `path`: that of their ids. -->
  <xsl:template name="rows">
    <xsl:param name="columns"/>
    <xsl:param name="count"/>
    <xsl:param name="name"/>
    <xsl:param name="numbering"/>
    <xsl:param name="above"/>
    <xsl:param name="path" select="$above"/>
    <xsl:variable name="table" select="ancestor-or-self::*[self::p:roadmap or self::p:register][1]"/>
    <xsl:variable name="through" select="$table/@restart = 'no'"/>
    <xsl:variable name="explicit" select="boolean(p:measure/@number | p:row/@number)"/>
    <xsl:variable name="mixed" select="p:section and (p:measure or p:row)"/>
    <xsl:variable name="first">
      <xsl:choose>
        <xsl:when test="$through"><xsl:value-of select="f:rows-before(., $table)"/></xsl:when>
        <xsl:otherwise>0</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:for-each select="p:measure | p:row | p:section">
      <xsl:choose>
        <xsl:when test="self::p:section">
          <xsl:call-template name="section">
            <xsl:with-param name="columns" select="$columns"/>
            <xsl:with-param name="count" select="$count"/>
            <xsl:with-param name="name" select="$name"/>
            <xsl:with-param name="numbering" select="$numbering"/>
            <xsl:with-param name="table" select="$table"/>
            <xsl:with-param name="above" select="$above"/>
            <xsl:with-param name="path" select="$path"/>
          </xsl:call-template>
        </xsl:when>
        <xsl:otherwise>
          <xsl:variable name="index">
            <xsl:choose>
              <xsl:when test="$explicit or $mixed">
                <xsl:value-of select="f:index(.) + $first * not(preceding-sibling::*/@number)"/>
              </xsl:when>
              <xsl:otherwise><xsl:value-of select="position() + $first"/></xsl:otherwise>
            </xsl:choose>
          </xsl:variable>
          <xsl:variable name="number">
            <xsl:choose>
              <xsl:when test="@number"><xsl:value-of select="@number"/></xsl:when>
              <xsl:when test="$numbering = 'none'"/>
              <xsl:otherwise>
                <xsl:value-of select="f:format($index, $numbering, $above)"/>
              </xsl:otherwise>
            </xsl:choose>
          </xsl:variable>
          <fo:table-row role="TR">
            <xsl:attribute name="id">
              <xsl:choose>
                <xsl:when test="@id"><xsl:value-of select="@id"/></xsl:when>
                <xsl:otherwise>
                  <!-- a number of its own may repeat: then the place is told too -->
                  <xsl:variable name="tail">
                    <xsl:value-of select="$index"/>
                    <xsl:if test="$explicit and f:repeats(., $index)">
                      <xsl:value-of select="concat('-', position())"/>
                    </xsl:if>
                  </xsl:variable>
                  <xsl:value-of select="f:free-id(concat($name, '-', $path,
                                        substring('.', 1, $path != ''), $tail))"/>
                </xsl:otherwise>
              </xsl:choose>
            </xsl:attribute>
            <xsl:call-template name="at"/>
            <xsl:call-template name="row-keep"/>
            <xsl:call-template name="row-cells">
              <xsl:with-param name="columns" select="$columns"/>
              <xsl:with-param name="number" select="$number"/>
            </xsl:call-template>
          </fo:table-row>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:template>

  <!-- Rows of the table before this section, for numbers that run through. -->
  <func:function name="f:rows-before">
    <xsl:param name="section"/>
    <xsl:param name="table"/>
    <func:result select="count($section/preceding::p:measure | $section/preceding::p:row)
      - count($table/preceding::p:measure | $table/preceding::p:row)"/>
  </func:function>

  <!-- Whether a row among rows with explicit numbers comes to a number that one before it has. -->
  <func:function name="f:repeats">
    <xsl:param name="row"/>
    <xsl:param name="index"/>
    <xsl:variable name="name" select="local-name($row)"/>
    <func:result select="$index = 0 or count($row/preceding-sibling::*[local-name() = $name]
                         [f:index(.) = $index]) &gt; 0"/>
  </func:function>

  <!-- The cells of a measure or a row, column by column; cells of kind text in their turn. -->
  <xsl:template name="row-cells">
    <xsl:param name="columns"/>
    <xsl:param name="number"/>
    <xsl:variable name="row" select="."/>
    <xsl:for-each select="$columns">
      <xsl:variable name="kind" select="f:either(@kind, 'text')"/>
      <xsl:choose>
        <xsl:when test="$kind = 'text'">
          <xsl:variable name="column" select="."/>
          <xsl:variable name="place" select="count(preceding-sibling::p:column[not(@kind)
                                             or @kind = 'text']) + 1"/>
          <xsl:for-each select="$row/p:cell[$place]">
            <fo:table-cell xsl:use-attribute-sets="ruled-cell" role="TD">
              <xsl:call-template name="cell-spans"/>
              <xsl:call-template name="cell-align">
                <xsl:with-param name="align" select="f:either(@align, f:either($column/@align,
                                                                               $text-align))"/>
              </xsl:call-template>
              <xsl:call-template name="flow"/>
            </fo:table-cell>
          </xsl:for-each>
          <!-- a register's row may be short because of spans; a measure's has all its cells -->
          <xsl:if test="not($row/p:cell[$place]) and $row/self::p:measure">
            <fo:table-cell xsl:use-attribute-sets="ruled-cell" role="TD"><fo:block/></fo:table-cell>
          </xsl:if>
        </xsl:when>
        <xsl:when test="$kind = 'number'">
          <fo:table-cell xsl:use-attribute-sets="ruled-cell" role="TD">
            <xsl:call-template name="cell-align">
              <xsl:with-param name="align" select="f:either(@align, $number-align)"/>
            </xsl:call-template>
            <fo:block role="P"><xsl:value-of select="$number"/></fo:block>
          </fo:table-cell>
        </xsl:when>
        <xsl:otherwise>
          <xsl:apply-templates select="$row/*[local-name() = $kind]" mode="cell">
            <xsl:with-param name="align" select="@align"/>
          </xsl:apply-templates>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="p:action" mode="cell">
    <xsl:param name="align"/>
    <fo:table-cell xsl:use-attribute-sets="ruled-cell" role="TD">
      <xsl:call-template name="cell-align">
        <xsl:with-param name="align" select="f:either($align, $action-align)"/>
      </xsl:call-template>
      <xsl:call-template name="flow"/>
    </fo:table-cell>
  </xsl:template>

  <xsl:template match="p:deadline" mode="cell">
    <xsl:param name="align"/>
    <fo:table-cell xsl:use-attribute-sets="ruled-cell" role="TD">
      <xsl:call-template name="cell-align">
        <xsl:with-param name="align" select="f:either($align, $deadline-align)"/>
      </xsl:call-template>
      <xsl:call-template name="flow"/>
    </fo:table-cell>
  </xsl:template>

  <xsl:template match="p:responsible" mode="cell">
    <xsl:param name="align"/>
    <fo:table-cell xsl:use-attribute-sets="ruled-cell" role="TD">
      <xsl:call-template name="cell-align">
        <xsl:with-param name="align" select="f:either($align, $responsible-align)"/>
      </xsl:call-template>
      <xsl:apply-templates select="."/>
    </fo:table-cell>
  </xsl:template>

  <xsl:variable name="number-align" select="f:setting('table', 'number-align')"/>
  <xsl:variable name="action-align" select="f:setting('table', 'action-align')"/>
  <xsl:variable name="deadline-align" select="f:setting('table', 'deadline-align')"/>
  <xsl:variable name="responsible-align" select="f:setting('table', 'responsible-align')"/>
  <xsl:variable name="text-align" select="f:setting('table', 'text-align')"/>

  <!-- References to parties and nothing else are parted by lines or commas. -->
  <xsl:template match="p:responsible">
    <xsl:choose>
      <xsl:when test="p:ref[2] and not(*[not(self::p:ref)] or text()[normalize-space()])">
        <xsl:variable name="table" select="ancestor::p:roadmap"/>
        <xsl:choose>
          <xsl:when test="f:either($table/@parties, f:setting('table', 'parties')) = 'commas'">
            <fo:block role="P">
              <xsl:call-template name="at"/>
              <xsl:for-each select="p:ref">
                <xsl:if test="position() &gt; 1">, </xsl:if>
                <xsl:apply-templates select="."/>
              </xsl:for-each>
            </fo:block>
          </xsl:when>
          <xsl:otherwise>
            <xsl:for-each select="p:ref">
              <fo:block role="P">
                <xsl:call-template name="at"/>
                <xsl:apply-templates select="."/>
              </fo:block>
            </xsl:for-each>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="flow"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ===================================================== sections -->

  <!-- A section: its row over the whole table, or its number in a cell of its own and the title
       over the rest; then its rows. -->
  <xsl:template name="section">
    <xsl:param name="columns"/>
    <xsl:param name="count"/>
    <xsl:param name="name"/>
    <xsl:param name="numbering"/>
    <xsl:param name="table"/>
    <xsl:param name="above"/>
    <xsl:param name="path"/>
    <xsl:variable name="style" select="f:either($table/@section-numbering, '1.')"/>
    <xsl:variable name="numbered" select="not(@numbered = 'no') and ($style != 'none' or @number)"/>
    <xsl:variable name="number">
      <xsl:choose>
        <xsl:when test="not($numbered)"/>
        <xsl:when test="@number"><xsl:value-of select="@number"/></xsl:when>
        <xsl:when test="$above != ''">
          <xsl:value-of select="f:format(f:section-index(.), concat('1.1', translate($style, '1I', '')),
                                         $above)"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:value-of select="f:format(f:section-index(.), $style, '')"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:variable name="inner">
      <xsl:if test="$number != ''">
        <xsl:if test="$above != ''"><xsl:value-of select="concat($above, '.')"/></xsl:if>
        <xsl:value-of select="f:section-index(.)"/>
      </xsl:if>
    </xsl:variable>
    <xsl:variable name="inner-path">
      <xsl:choose>
        <xsl:when test="$inner != '' and not(preceding-sibling::p:section/@number)">
          <xsl:value-of select="$inner"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:value-of select="concat($path, substring('.', 1, $path != ''), 's', position())"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:variable name="place"
                  select="f:either(@section-number, f:either($table/@section-number, 'text'))"/>
    <fo:table-row role="TR" keep-together.within-column="always"
                  keep-with-next.within-column="always"
                  id="{f:either(@id, f:free-id(concat($name, '-', $inner-path)))}">
      <xsl:call-template name="at"/>
      <xsl:choose>
        <xsl:when test="$place = 'cell' and $numbered">
          <fo:table-cell xsl:use-attribute-sets="ruled-cell" role="TH" text-align="{$number-align}"
                         font-weight="{$section-weight}">
            <fo:block role="P"><xsl:value-of select="$number"/></fo:block>
          </fo:table-cell>
          <xsl:apply-templates select="p:title" mode="section">
            <xsl:with-param name="span" select="$count - 1"/>
            <xsl:with-param name="table" select="$table"/>
          </xsl:apply-templates>
        </xsl:when>
        <xsl:otherwise>
          <xsl:apply-templates select="p:title" mode="section">
            <xsl:with-param name="span" select="$count"/>
            <xsl:with-param name="number" select="$number"/>
            <xsl:with-param name="table" select="$table"/>
          </xsl:apply-templates>
        </xsl:otherwise>
      </xsl:choose>
    </fo:table-row>
    <xsl:call-template name="rows">
      <xsl:with-param name="columns" select="$columns"/>
      <xsl:with-param name="count" select="$count"/>
      <xsl:with-param name="name" select="$name"/>
      <xsl:with-param name="numbering" select="$numbering"/>
      <xsl:with-param name="above" select="string($inner)"/>
      <xsl:with-param name="path" select="string($inner-path)"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:variable name="section-weight" select="f:setting('table', 'section-weight')"/>

  <xsl:template match="p:title" mode="section">
    <xsl:param name="span"/>
    <xsl:param name="number"/>
    <xsl:param name="table"/>
    <fo:table-cell xsl:use-attribute-sets="ruled-cell" role="TH" number-columns-spanned="{$span}"
                   hyphenate="false"
                   text-align="{f:either(@align, f:either($table/@section-align,
                                                  f:setting('table', 'section-align')))}"
                   font-weight="{f:either(@weight, $section-weight)}">
      <fo:block role="P">
        <xsl:call-template name="at"/>
        <xsl:if test="$number != ''"><xsl:value-of select="concat($number, '&#160;')"/></xsl:if>
        <xsl:apply-templates/>
      </fo:block>
    </fo:table-cell>
  </xsl:template>

  <!-- A section's place among the numbered sections beside it. -->
  <func:function name="f:section-index">
    <xsl:param name="section"/>
    <xsl:for-each select="$section">
      <xsl:variable name="before" select="preceding-sibling::p:section[not(@numbered = 'no')]"/>
      <xsl:variable name="set" select="$before[@number][last()]"/>
      <xsl:choose>
        <xsl:when test="@number != ''">
          <func:result select="f:figure(@number)"/>
        </xsl:when>
        <xsl:when test="$set">
          <func:result select="f:section-figure($set) + 1 + count($before)
            - count($set/preceding-sibling::p:section[not(@numbered = 'no')]) - 1"/>
        </xsl:when>
        <xsl:otherwise>
          <func:result select="count($before) + 1"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </func:function>

  <!-- What an explicit number counts as; an empty one counts as the number left out. -->
  <func:function name="f:section-figure">
    <xsl:param name="section"/>
    <xsl:choose>
      <xsl:when test="$section/@number != ''">
        <func:result select="f:figure($section/@number)"/>
      </xsl:when>
      <xsl:otherwise>
        <func:result select="f:section-index($section)"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- ===================================================== outline -->

  <xsl:template match="p:roadmap | p:register" mode="outline">
    <xsl:apply-templates select="p:section" mode="outline"/>
  </xsl:template>
</xsl:stylesheet>
