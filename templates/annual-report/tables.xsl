<?xml version="1.0" encoding="UTF-8"?>
<!-- Tables of a report that are made from the facts: summaries, measures with their reasons, the
     full table, comparison with last year, indicators, changes between editions. A full table may
     have thousands of rows, so what is the same for all of them is found once. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:fo="http://www.w3.org/1999/XSL/Format"
                xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                xmlns:func="http://exslt.org/functions" xmlns:exsl="http://exslt.org/common"
                extension-element-prefixes="func exsl" exclude-result-prefixes="p f">

  <xsl:variable name="report-table-size" select="f:setting('report', 'table-size')"/>
  <xsl:variable name="progress-size" select="f:setting('report', 'progress-size')"/>

  <!-- ===================================================== shared -->

  <!-- The plans a table is about. -->
  <func:function name="f:plans">
    <xsl:param name="asked"/>
    <xsl:variable name="plans" select="$facts/p:plan[not($asked/@plan) or @of = $asked/@plan]"/>
    <xsl:if test="not($plans) and $asked/@plan">
      <xsl:for-each select="$asked">
        <xsl:call-template name="say">
          <xsl:with-param name="message" select="'no-plan'"/>
          <xsl:with-param name="first" select="@plan"/>
        </xsl:call-template>
      </xsl:for-each>
    </xsl:if>
    <func:result select="$plans"/>
  </func:function>

  <!-- A table with a caption above; `columns`: p:column elements with width and title; `whole`: it
       is not parted between pages. -->
  <xsl:template name="report-table">
    <xsl:param name="columns"/>
    <xsl:param name="rows"/>
    <xsl:param name="size" select="$report-table-size"/>
    <xsl:param name="whole" select="false()"/>
    <fo:block role="Div">
      <xsl:if test="$whole">
        <xsl:attribute name="keep-together.within-page">always</xsl:attribute>
      </xsl:if>
      <xsl:apply-templates select="p:caption"/>
      <xsl:call-template name="report-rows">
        <xsl:with-param name="columns" select="$columns"/>
        <xsl:with-param name="rows" select="$rows"/>
        <xsl:with-param name="size" select="$size"/>
      </xsl:call-template>
    </fo:block>
  </xsl:template>

  <xsl:template name="report-rows">
    <xsl:param name="columns"/>
    <xsl:param name="rows"/>
    <xsl:param name="size"/>
    <fo:table xsl:use-attribute-sets="ruled-table" id="{f:id(.)}"
              space-before="{f:setting('table', 'before')}"
              space-after="{f:setting('table', 'after')}">
      <xsl:call-template name="at"/>
      <xsl:attribute name="font-size"><xsl:value-of select="$size"/></xsl:attribute>
      <xsl:for-each select="$columns">
        <xsl:call-template name="table-column">
          <xsl:with-param name="width" select="@width"/>
        </xsl:call-template>
      </xsl:for-each>
      <fo:table-header xsl:use-attribute-sets="table-header">
        <xsl:attribute name="hyphenate">true</xsl:attribute>
        <xsl:attribute name="font-size">
          <xsl:value-of select="f:setting('report', 'count-size')"/>
        </xsl:attribute>
        <fo:table-row xsl:use-attribute-sets="ruled-row">
          <xsl:for-each select="$columns">
            <xsl:call-template name="header-cell">
              <xsl:with-param name="text" select="@title"/>
            </xsl:call-template>
          </xsl:for-each>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body><xsl:copy-of select="$rows"/></fo:table-body>
    </fo:table>
  </xsl:template>

  <!-- Widths of the columns on the right of a table of measures: a lying sheet has room for
       parties and outcomes. -->
  <func:function name="f:report-width">
    <xsl:param name="name"/>
    <xsl:param name="node"/>
    <xsl:variable name="lies" select="boolean($node/ancestor::p:chapter[@orientation = 'landscape'])"/>
    <func:result select="f:setting('report', concat(substring('wide-', 1, 5 * $lies), $name))"/>
  </func:function>

  <xsl:template name="text-cell">
    <xsl:param name="text"/>
    <xsl:param name="align" select="'left'"/>
    <fo:table-cell padding="{$cell-padding}">
      <xsl:if test="$align != 'left'">
        <xsl:attribute name="text-align"><xsl:value-of select="$align"/></xsl:attribute>
      </xsl:if>
      <fo:block><xsl:value-of select="$text"/></fo:block>
    </fo:table-cell>
  </xsl:template>

  <!-- One sentence in the place of a table that would be empty. -->
  <xsl:template name="sentence">
    <xsl:param name="text"/>
    <fo:block role="P">
      <xsl:call-template name="at"/>
      <xsl:attribute name="id"><xsl:value-of select="f:id(.)"/></xsl:attribute>
      <xsl:apply-templates select="p:caption/node()"/>
      <xsl:if test="p:caption">: </xsl:if>
      <xsl:choose>
        <xsl:when test="p:caption"><xsl:value-of select="f:lower(substring($text, 1, 1))"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="substring($text, 1, 1)"/></xsl:otherwise>
      </xsl:choose>
      <xsl:value-of select="substring($text, 2)"/>
    </fo:block>
  </xsl:template>

  <xsl:template name="remark">
    <xsl:param name="text"/>
    <fo:block role="P" text-indent="0pt" font-size="{$report-table-size}" space-after="8pt">
      <xsl:value-of select="$text"/>
    </fo:block>
  </xsl:template>

  <!-- ===================================================== summary -->

  <xsl:template match="p:summary" mode="content">
    <xsl:variable name="by" select="f:either(@by, 'plan')"/>
    <xsl:variable name="plans" select="f:plans(.)"/>
    <xsl:variable name="scope" select="$facts[not(current()/@plan)] | $plans[current()/@plan]"/>
    <xsl:variable name="items" select="$plans[$by = 'plan'] | $plans[$by = 'section']/p:section
      | $scope[$by = 'party']/p:party | $scope[$by = 'quarter']/p:quarter"/>
    <!-- a quarter counts deadlines, all else measures -->
    <xsl:variable name="prefix" select="substring('deadlines-', 1, 10 * ($by = 'quarter'))"/>
    <xsl:variable name="whole" select="concat(substring('measures', 1, 8 * ($by != 'quarter')),
                                              substring('deadlines', 1, 9 * ($by = 'quarter')))"/>
    <xsl:variable name="shown" select="$texts/p:standing[@column != ''][@name = 'done'
      or $scope/p:tally/@*[name() = concat($prefix, current()/@name)] &gt; 0
      or f:any($items, concat($prefix, @name))]"/>
    <xsl:variable name="columns">
      <p:column width="1*" title="{f:text(concat('report-column-', $by))}"/>
      <p:column width="{$count-width}" title="{f:text('report-column-planned')}"/>
      <xsl:for-each select="$shown"><p:column width="{$count-width}" title="{@column}"/></xsl:for-each>
      <p:column width="{$count-width}" title="{f:text('report-column-share')}"/>
    </xsl:variable>
    <xsl:variable name="rows">
      <xsl:for-each select="$items">
        <xsl:if test="$by = 'section' and not(preceding-sibling::p:section) and count($plans) &gt; 1">
          <xsl:call-template name="plan-row">
            <xsl:with-param name="plan" select=".."/>
            <xsl:with-param name="span" select="count($shown) + 3"/>
          </xsl:call-template>
        </xsl:if>
        <xsl:call-template name="summary-row">
          <xsl:with-param name="tally" select="p:tally"/>
          <xsl:with-param name="prefix" select="$prefix"/>
          <xsl:with-param name="whole" select="$whole"/>
          <xsl:with-param name="shown" select="$shown"/>
          <xsl:with-param name="name">
            <xsl:choose>
              <xsl:when test="self::p:plan"><xsl:value-of select="@name"/></xsl:when>
              <xsl:when test="self::p:party">
                <xsl:value-of select="f:capital(f:either(@name, f:text('nobody')))"/>
              </xsl:when>
              <xsl:when test="self::p:section">
                <xsl:value-of select="f:either(@title, f:text('no-section'))"/>
              </xsl:when>
              <xsl:when test="@number = 0"><xsl:value-of select="f:text('no-quarter')"/></xsl:when>
              <xsl:otherwise>
                <xsl:number value="@number" format="I"/>
                <xsl:value-of select="f:text('quarter')"/>
              </xsl:otherwise>
            </xsl:choose>
          </xsl:with-param>
        </xsl:call-template>
      </xsl:for-each>
      <!-- what several parties share is in each of their rows: no sum of these -->
      <xsl:if test="$by != 'party' and count($items) &gt; 1">
        <xsl:call-template name="summary-row">
          <xsl:with-param name="tally" select="$scope/p:tally"/>
          <xsl:with-param name="prefix" select="$prefix"/>
          <xsl:with-param name="whole" select="$whole"/>
          <xsl:with-param name="shown" select="$shown"/>
          <xsl:with-param name="name" select="f:text('report-total')"/>
          <xsl:with-param name="weight" select="'bold'"/>
        </xsl:call-template>
      </xsl:if>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="$items">
        <xsl:call-template name="report-table">
          <xsl:with-param name="columns" select="exsl:node-set($columns)/*"/>
          <xsl:with-param name="rows" select="$rows"/>
          <xsl:with-param name="whole" select="count($items) &lt;= $whole-rows"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="sentence">
          <xsl:with-param name="text" select="f:text('none-such')"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:if test="$items and ($by = 'party' or $by = 'quarter')">
      <xsl:call-template name="remark">
        <xsl:with-param name="text" select="f:text(concat($by, '-note'))"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:call-template name="silence">
      <xsl:with-param name="plans" select="$plans"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:variable name="count-width" select="f:setting('report', 'count-width')"/>

  <!-- Whether one of the items counts something by that name. -->
  <func:function name="f:any">
    <xsl:param name="items"/>
    <xsl:param name="name"/>
    <func:result select="boolean($items[p:tally/@*[name() = $name] &gt; 0])"/>
  </func:function>

  <xsl:template name="summary-row">
    <xsl:param name="tally"/>
    <xsl:param name="prefix"/>
    <xsl:param name="whole"/>
    <xsl:param name="shown"/>
    <xsl:param name="name"/>
    <xsl:param name="weight" select="'normal'"/>
    <fo:table-row xsl:use-attribute-sets="ruled-row" keep-together.within-column="always">
      <xsl:if test="$weight = 'bold'"><!-- a total is never alone on a page -->
        <xsl:attribute name="keep-with-previous.within-column">always</xsl:attribute>
        <xsl:attribute name="font-weight">bold</xsl:attribute>
      </xsl:if>
      <xsl:call-template name="text-cell">
        <xsl:with-param name="text" select="$name"/>
      </xsl:call-template>
      <xsl:call-template name="text-cell">
        <xsl:with-param name="text" select="f:figure-text($tally/@*[name() = $whole])"/>
        <xsl:with-param name="align" select="'center'"/>
      </xsl:call-template>
      <xsl:for-each select="$shown">
        <xsl:call-template name="text-cell">
          <xsl:with-param name="text"
                          select="f:figure-text($tally/@*[name() = concat($prefix, current()/@name)])"/>
          <xsl:with-param name="align" select="'center'"/>
        </xsl:call-template>
      </xsl:for-each>
      <xsl:call-template name="text-cell">
        <xsl:with-param name="text" select="f:percent($tally/@*[name() = concat($prefix, 'done-share')])"/>
        <xsl:with-param name="align" select="'center'"/>
      </xsl:call-template>
    </fo:table-row>
  </xsl:template>

  <!-- A row over the whole table that names a roadmap. -->
  <xsl:template name="plan-row">
    <xsl:param name="plan"/>
    <xsl:param name="span"/>
    <fo:table-row xsl:use-attribute-sets="ruled-row" keep-with-next.within-column="always">
      <fo:table-cell padding="{$cell-padding}" number-columns-spanned="{$span}" role="TH"
                     text-align="center" font-weight="bold">
        <fo:block><xsl:value-of select="$plan/@name"/></fo:block>
      </fo:table-cell>
    </fo:table-row>
  </xsl:template>

  <!-- A roadmap of which nobody has told. -->
  <xsl:template name="silence">
    <xsl:param name="plans"/>
    <xsl:for-each select="$plans[@silent]">
      <xsl:call-template name="remark">
        <xsl:with-param name="text" select="concat(@name, ': ', f:fill('silent', $facts/@year, ''))"/>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <!-- ===================================================== measures and what became of them -->

  <!-- «перенесено до 31.03.2022», «выполнено частично (60 %), 3 из 4» -->
  <xsl:template name="standing">
    <xsl:variable name="done" select="count(p:due[@standing = 'done'])"/>
    <xsl:value-of select="$standing-words[@name = current()/@standing]/@row"/>
    <xsl:if test="@standing = 'postponed' and @to">
      <xsl:value-of select="concat(' ', f:text('until'), '&#160;', @to)"/>
    </xsl:if>
    <xsl:if test="@standing = 'partly' and @percent and not(p:due[2])">
      <xsl:value-of select="concat(' (', @percent, '&#160;%)')"/>
    </xsl:if>
    <xsl:if test="count(p:due) &gt; 1 and @standing != 'none'">
      <xsl:value-of select="concat(', ', f:fill('of-deadlines', $done, count(p:due)))"/>
    </xsl:if>
  </xsl:template>

  <xsl:variable name="standing-words" select="$texts/p:standing"/>

  <xsl:template match="p:outcomes" mode="content">
    <xsl:variable name="asked" select="concat(' ', @standing, ' ')"/>
    <xsl:variable name="plans" select="f:plans(.)"/>
    <xsl:variable name="measures" select="$plans/p:section/p:measure[contains($asked,
                                          concat(' ', @standing, ' '))]"/>
    <xsl:variable name="columns">
      <p:column width="{f:setting('report', 'number-width')}" title="{f:text('column-number')}"/>
      <p:column width="1*" title="{f:text('report-column-measure')}"/>
      <p:column width="{f:setting('report', 'deadline-width')}" title="{f:text('report-column-deadline')}"/>
      <p:column width="{f:report-width('responsible-width', .)}" title="{f:text('report-column-party')}"/>
      <p:column width="{f:report-width('outcome-width', .)}" title="{f:text('report-column-reason')}"/>
    </xsl:variable>
    <xsl:variable name="rows">
      <xsl:for-each select="$plans">
        <xsl:variable name="own" select="p:section/p:measure[contains($asked, concat(' ', @standing, ' '))]"/>
        <xsl:if test="$own and count($plans) &gt; 1">
          <xsl:call-template name="plan-row">
            <xsl:with-param name="plan" select="."/>
            <xsl:with-param name="span" select="5"/>
          </xsl:call-template>
        </xsl:if>
        <xsl:for-each select="$own"><xsl:call-template name="measure-row"/></xsl:for-each>
      </xsl:for-each>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="$measures">
        <xsl:call-template name="report-table">
          <xsl:with-param name="columns" select="exsl:node-set($columns)/*"/>
          <xsl:with-param name="rows" select="$rows"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="sentence">
          <xsl:with-param name="text" select="f:text('none-such')"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- One measure: number, title, deadline, parties, and what became of it. -->
  <xsl:template name="measure-row">
    <fo:table-row border="{$cell-border}" border-before-width.conditionality="retain"
                  border-after-width.conditionality="retain" keep-together.within-column="{$row-keep}">
      <fo:table-cell padding="{$cell-padding}" text-align="center">
        <fo:block><xsl:value-of select="@number"/></fo:block>
      </fo:table-cell>
      <fo:table-cell padding="{$cell-padding}">
        <fo:block><xsl:value-of select="@title"/></fo:block>
      </fo:table-cell>
      <fo:table-cell padding="{$cell-padding}">
        <fo:block><xsl:value-of select="@deadline"/></fo:block>
      </fo:table-cell>
      <fo:table-cell padding="{$cell-padding}">
        <fo:block><xsl:value-of select="@parties"/></fo:block>
      </fo:table-cell>
      <fo:table-cell padding="{$cell-padding}">
        <fo:block>
          <xsl:call-template name="standing"/>
          <xsl:choose>
            <xsl:when test="@date and @standing != 'none'">
              <xsl:value-of select="concat(', ', @date)"/>
            </xsl:when>
            <xsl:when test="@standing = 'overdue'">
              <xsl:value-of select="concat(', ', f:text('no-record'))"/>
            </xsl:when>
          </xsl:choose>
        </fo:block>
        <xsl:if test="@value">
          <fo:block>
            <xsl:value-of select="concat(f:text('report-column-value'), ' ', @value)"/>
            <xsl:if test="@target">
              <xsl:value-of select="concat(' (', f:lower(f:text('report-column-target')), ' ', @target, ')')"/>
            </xsl:if>
          </fo:block>
        </xsl:if>
        <xsl:if test="@evidence"><fo:block><xsl:value-of select="@evidence"/></fo:block></xsl:if>
        <xsl:if test="@note"><fo:block><xsl:value-of select="@note"/></fo:block></xsl:if>
      </fo:table-cell>
    </fo:table-row>
  </xsl:template>

  <!-- Every measure, with the rows of sections. -->
  <xsl:template match="p:progress" mode="content">
    <xsl:variable name="plans" select="f:plans(.)"/>
    <xsl:choose>
      <xsl:when test="$plans/p:section">
        <xsl:call-template name="progress">
          <xsl:with-param name="plans" select="$plans"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="sentence">
          <xsl:with-param name="text" select="f:text('none-such')"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="progress">
    <xsl:param name="plans"/>
    <xsl:apply-templates select="p:caption"/>
    <fo:table xsl:use-attribute-sets="ruled-table" id="{f:id(.)}"
              space-before="{f:setting('table', 'before')}"
              space-after="{f:setting('table', 'after')}">
      <xsl:call-template name="at"/>
      <xsl:attribute name="font-size"><xsl:value-of select="$progress-size"/></xsl:attribute>
      <xsl:call-template name="table-column">
        <xsl:with-param name="width" select="f:setting('report', 'number-width')"/>
      </xsl:call-template>
      <xsl:call-template name="table-column"/>
      <xsl:call-template name="table-column">
        <xsl:with-param name="width" select="f:setting('report', 'deadline-width')"/>
      </xsl:call-template>
      <xsl:call-template name="table-column">
        <xsl:with-param name="width" select="f:report-width('responsible-width', .)"/>
      </xsl:call-template>
      <xsl:call-template name="table-column">
        <xsl:with-param name="width" select="f:report-width('outcome-width', .)"/>
      </xsl:call-template>
      <fo:table-header xsl:use-attribute-sets="table-header">
        <fo:table-row xsl:use-attribute-sets="ruled-row">
          <xsl:for-each select="$progress-header/*">
            <xsl:call-template name="header-cell">
              <xsl:with-param name="text" select="f:text(@name)"/>
            </xsl:call-template>
          </xsl:for-each>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body>
        <xsl:for-each select="$plans">
          <xsl:if test="count($plans) &gt; 1">
            <xsl:call-template name="plan-row">
              <xsl:with-param name="plan" select="."/>
              <xsl:with-param name="span" select="5"/>
            </xsl:call-template>
          </xsl:if>
          <xsl:for-each select="p:section">
            <xsl:if test="@title">
              <fo:table-row xsl:use-attribute-sets="ruled-row" keep-together.within-column="always"
                            keep-with-next.within-column="always">
                <fo:table-cell padding="{$cell-padding}" number-columns-spanned="5" role="TH"
                               text-align="center" font-weight="{$section-weight}">
                  <fo:block><xsl:value-of select="@title"/></fo:block>
                </fo:table-cell>
              </fo:table-row>
            </xsl:if>
            <xsl:for-each select="p:measure"><xsl:call-template name="measure-row"/></xsl:for-each>
          </xsl:for-each>
        </xsl:for-each>
      </fo:table-body>
    </fo:table>
    <xsl:call-template name="silence">
      <xsl:with-param name="plans" select="$plans"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:variable name="progress-titles">
    <p:column name="column-number"/>
    <p:column name="report-column-measure"/>
    <p:column name="report-column-deadline"/>
    <p:column name="report-column-party"/>
    <p:column name="report-column-outcome"/>
  </xsl:variable>
  <xsl:variable name="progress-header" select="exsl:node-set($progress-titles)"/>

  <!-- ===================================================== last year -->

  <xsl:template match="p:comparison" mode="content">
    <xsl:variable name="told" select="$facts/p:plan[p:last-year]"/>
    <xsl:variable name="columns">
      <p:column width="1*" title="{f:text('report-column-plan')}"/>
      <p:column width="{$count-width}" title="{f:text('report-column-planned')}, {$facts/@year - 1}"/>
      <p:column width="{$count-width}" title="{f:text('report-column-planned')}, {$facts/@year}"/>
      <p:column width="{$count-width}" title="{$done-word}, {$facts/@year - 1}"/>
      <p:column width="{$count-width}" title="{$done-word}, {$facts/@year}"/>
      <p:column width="{$count-width}" title="{f:text('report-column-share')}, {$facts/@year - 1}"/>
      <p:column width="{$count-width}" title="{f:text('report-column-share')}, {$facts/@year}"/>
      <p:column width="20mm" title="{f:text('change')}"/>
    </xsl:variable>
    <xsl:variable name="rows">
      <xsl:for-each select="$told"><xsl:call-template name="comparison-row"/></xsl:for-each>
      <xsl:if test="count($told) &gt; 1 and $facts/p:last-year">
        <xsl:for-each select="$facts">
          <xsl:call-template name="comparison-row">
            <xsl:with-param name="name" select="f:text('report-total')"/>
            <xsl:with-param name="weight" select="'bold'"/>
          </xsl:call-template>
        </xsl:for-each>
      </xsl:if>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="$told">
        <xsl:call-template name="report-table">
          <xsl:with-param name="columns" select="exsl:node-set($columns)/*"/>
          <xsl:with-param name="rows" select="$rows"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="sentence">
          <xsl:with-param name="text" select="f:text('no-last-year')"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:variable name="done-word" select="$texts/p:standing[@name = 'done']/@column"/>

  <xsl:template name="comparison-row">
    <xsl:param name="name" select="@name"/>
    <xsl:param name="weight" select="'normal'"/>
    <fo:table-row xsl:use-attribute-sets="ruled-row" keep-together.within-column="always">
      <xsl:if test="$weight = 'bold'"><!-- a total is never alone on a page -->
        <xsl:attribute name="keep-with-previous.within-column">always</xsl:attribute>
        <xsl:attribute name="font-weight">bold</xsl:attribute>
      </xsl:if>
      <xsl:call-template name="text-cell">
        <xsl:with-param name="text" select="$name"/>
      </xsl:call-template>
      <xsl:for-each select="p:last-year/@measures | p:tally/@measures">
        <xsl:sort select="name(..)"/>
        <xsl:call-template name="text-cell">
          <xsl:with-param name="text" select="f:figure-text(.)"/>
          <xsl:with-param name="align" select="'center'"/>
        </xsl:call-template>
      </xsl:for-each>
      <xsl:for-each select="p:last-year/@done | p:tally/@done">
        <xsl:sort select="name(..)"/>
        <xsl:call-template name="text-cell">
          <xsl:with-param name="text" select="f:figure-text(.)"/>
          <xsl:with-param name="align" select="'center'"/>
        </xsl:call-template>
      </xsl:for-each>
      <xsl:call-template name="text-cell">
        <xsl:with-param name="text" select="f:percent(p:last-year/@done-share)"/>
        <xsl:with-param name="align" select="'center'"/>
      </xsl:call-template>
      <xsl:call-template name="text-cell">
        <xsl:with-param name="text" select="f:percent(p:tally/@done-share)"/>
        <xsl:with-param name="align" select="'center'"/>
      </xsl:call-template>
      <xsl:call-template name="text-cell">
        <xsl:with-param name="text">
          <xsl:choose>
            <xsl:when test="p:change/@done-share">
              <xsl:value-of select="concat(f:figure-text(p:change/@done-share, true()), '&#160;',
                                           f:text('points'))"/>
            </xsl:when>
            <xsl:otherwise>–</xsl:otherwise>
          </xsl:choose>
        </xsl:with-param>
        <xsl:with-param name="align" select="'center'"/>
      </xsl:call-template>
    </fo:table-row>
  </xsl:template>

  <!-- ===================================================== indicators -->

  <xsl:template match="p:indicators" mode="content">
    <xsl:variable name="plans" select="f:plans(.)"/>
    <xsl:variable name="columns">
      <p:column width="{f:setting('report', 'number-width')}" title="{f:text('column-number')}"/>
      <p:column width="1*" title="{f:text('report-column-indicator')}"/>
      <p:column width="24mm" title="{f:text('report-column-target')}"/>
      <p:column width="24mm" title="{f:text('report-column-value')}"/>
      <p:column width="24mm" title="{f:text('report-column-reached')}"/>
    </xsl:variable>
    <xsl:variable name="rows">
      <xsl:for-each select="$plans[p:section/p:measure/@value]">
        <xsl:if test="count($plans) &gt; 1">
          <xsl:call-template name="plan-row">
            <xsl:with-param name="plan" select="."/>
            <xsl:with-param name="span" select="5"/>
          </xsl:call-template>
        </xsl:if>
        <xsl:for-each select="p:section/p:measure[@value]">
          <fo:table-row xsl:use-attribute-sets="ruled-row" keep-together.within-column="always">
            <xsl:call-template name="text-cell">
              <xsl:with-param name="text" select="@number"/>
              <xsl:with-param name="align" select="'center'"/>
            </xsl:call-template>
            <xsl:call-template name="text-cell">
              <xsl:with-param name="text" select="@title"/>
            </xsl:call-template>
            <xsl:call-template name="text-cell">
              <xsl:with-param name="text" select="f:either(@target, '–')"/>
              <xsl:with-param name="align" select="'center'"/>
            </xsl:call-template>
            <xsl:call-template name="text-cell">
              <xsl:with-param name="text" select="@value"/>
              <xsl:with-param name="align" select="'center'"/>
            </xsl:call-template>
            <xsl:call-template name="text-cell">
              <xsl:with-param name="text" select="f:either(f:text(concat('reached-', @reached)), '–')"/>
              <xsl:with-param name="align" select="'center'"/>
            </xsl:call-template>
          </fo:table-row>
        </xsl:for-each>
      </xsl:for-each>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="$plans/p:section/p:measure/@value">
        <xsl:call-template name="report-table">
          <xsl:with-param name="columns" select="exsl:node-set($columns)/*"/>
          <xsl:with-param name="rows" select="$rows"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="sentence">
          <xsl:with-param name="text" select="f:text('no-indicators')"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ===================================================== editions -->

  <xsl:template match="p:editions" mode="content">
    <xsl:variable name="plans" select="f:plans(.)"/>
    <xsl:variable name="columns">
      <p:column width="{f:setting('report', 'number-width')}" title="{f:text('column-number')}"/>
      <p:column width="1*" title="{f:text('report-column-measure')}"/>
      <p:column width="{f:setting('report', 'deadline-width')}" title="{f:text('report-column-deadline')}"/>
      <p:column width="60mm" title="{f:text('report-column-change')}"/>
    </xsl:variable>
    <xsl:variable name="rows">
      <xsl:for-each select="$plans[p:edit]">
        <xsl:if test="count($plans) &gt; 1">
          <xsl:call-template name="plan-row">
            <xsl:with-param name="plan" select="."/>
            <xsl:with-param name="span" select="4"/>
          </xsl:call-template>
        </xsl:if>
        <xsl:for-each select="p:edit">
          <fo:table-row xsl:use-attribute-sets="ruled-row" keep-together.within-column="always">
            <xsl:call-template name="text-cell">
              <xsl:with-param name="text" select="@number"/>
              <xsl:with-param name="align" select="'center'"/>
            </xsl:call-template>
            <xsl:call-template name="text-cell">
              <xsl:with-param name="text" select="@title"/>
            </xsl:call-template>
            <xsl:call-template name="text-cell">
              <xsl:with-param name="text" select="@deadline"/>
            </xsl:call-template>
            <xsl:call-template name="text-cell">
              <xsl:with-param name="text"><xsl:call-template name="edit"/></xsl:with-param>
            </xsl:call-template>
          </fo:table-row>
        </xsl:for-each>
      </xsl:for-each>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="$plans/p:edit">
        <xsl:call-template name="report-table">
          <xsl:with-param name="columns" select="exsl:node-set($columns)/*"/>
          <xsl:with-param name="rows" select="$rows"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="sentence">
          <xsl:with-param name="text" select="f:text('no-editions')"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- «изменено: срок (было: до 01.06.2021)» -->
  <xsl:template name="edit">
    <xsl:variable name="edit" select="."/>
    <xsl:variable name="what" select="concat(' ', @what, ' ')"/>
    <xsl:value-of select="f:text(concat('edit-', @change))"/>
    <xsl:for-each select="$texts/p:text[starts-with(@name, 'edit-')][contains($what,
                          concat(' ', substring-after(@name, 'edit-'), ' '))]">
      <xsl:variable name="name" select="substring-after(@name, 'edit-')"/>
      <xsl:value-of select="concat(substring(': ', 1, 2 * (position() = 1)),
        substring(', ', 1, 2 * (position() &gt; 1)),
        f:fill(@name, $edit/@*[name() = concat('old-', $name)], ''))"/>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
