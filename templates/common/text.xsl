<?xml version="1.0" encoding="UTF-8"?>
<!-- Text: paragraphs, lists, headings, emphasis, and contents that mix text with paragraphs. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:fo="http://www.w3.org/1999/XSL/Format"
                xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                exclude-result-prefixes="p f">

  <xsl:strip-space elements="p:order p:appendix p:issuer p:signature p:approval p:mark p:parties
                             p:roadmap p:register p:columns p:section p:measure p:row p:table
                             p:head p:list p:peers p:agreed p:certified p:visas p:visa
                             p:distribution p:acquaintance p:person p:repeal
                             p:annual-report p:chapter p:sources"/>

  <!-- ===================================================== inline -->

  <xsl:template match="p:b">
    <fo:inline font-weight="bold"><xsl:apply-templates/></fo:inline>
  </xsl:template>

  <xsl:template match="p:i">
    <fo:inline font-style="italic"><xsl:apply-templates/></fo:inline>
  </xsl:template>

  <xsl:template match="p:u">
    <fo:inline text-decoration="underline"><xsl:apply-templates/></fo:inline>
  </xsl:template>

  <xsl:template match="p:sup">
    <fo:inline baseline-shift="super" font-size="65%"><xsl:apply-templates/></fo:inline>
  </xsl:template>

  <xsl:template match="p:sub">
    <fo:inline baseline-shift="sub" font-size="65%"><xsl:apply-templates/></fo:inline>
  </xsl:template>

  <xsl:template match="p:br">
    <fo:block/>
  </xsl:template>

  <!-- Reports have a template of their own. -->
  <xsl:template match="p:value">
    <xsl:call-template name="say">
      <xsl:with-param name="message" select="'value-outside'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- Text without its marks, for outline and metadata. -->
  <xsl:template match="p:br" mode="plain">
    <xsl:text> </xsl:text>
  </xsl:template>

  <xsl:template match="*" mode="plain">
    <xsl:apply-templates mode="plain"/>
  </xsl:template>

  <xsl:template match="p:ref" mode="plain">
    <xsl:variable name="text"><xsl:apply-templates select="."/></xsl:variable>
    <xsl:value-of select="$text"/>
  </xsl:template>

  <!-- ===================================================== paragraphs -->

  <!-- `label`: what stands before the text of a point or an item. `role`: LI in lists.
       `id`: where links to the point lead. -->
  <xsl:template match="p:p">
    <xsl:param name="label"/>
    <xsl:param name="role"/>
    <xsl:param name="id"/>
    <fo:block>
      <xsl:if test="$role">
        <xsl:attribute name="role"><xsl:value-of select="$role"/></xsl:attribute>
      </xsl:if>
      <xsl:call-template name="paragraph-attributes">
        <xsl:with-param name="id" select="$id"/>
      </xsl:call-template>
      <xsl:if test="@id and not($id)">
        <xsl:attribute name="id"><xsl:value-of select="@id"/></xsl:attribute>
      </xsl:if>
      <xsl:if test="@align">
        <xsl:attribute name="text-align"><xsl:value-of select="@align"/></xsl:attribute>
      </xsl:if>
      <xsl:choose>
        <xsl:when test="@indent = 'yes'">
          <xsl:attribute name="text-indent"><xsl:value-of select="$indent"/></xsl:attribute>
        </xsl:when>
        <xsl:when test="@indent = 'no' or @align = 'center' or @align = 'right'">
          <xsl:attribute name="text-indent">0pt</xsl:attribute>
        </xsl:when>
      </xsl:choose>
      <xsl:call-template name="labelled">
        <xsl:with-param name="label" select="$label"/>
        <xsl:with-param name="role" select="$role"/>
        <xsl:with-param name="content" select="node()"/>
      </xsl:call-template>
    </fo:block>
  </xsl:template>

  <!-- A run of text that is not in a p, as a paragraph. -->
  <xsl:template name="run">
    <xsl:param name="label"/>
    <xsl:param name="role"/>
    <xsl:param name="id"/>
    <xsl:param name="content"/>
    <fo:block>
      <xsl:if test="$role">
        <xsl:attribute name="role"><xsl:value-of select="$role"/></xsl:attribute>
      </xsl:if>
      <xsl:call-template name="paragraph-attributes">
        <xsl:with-param name="id" select="$id"/>
      </xsl:call-template>
      <xsl:call-template name="labelled">
        <xsl:with-param name="label" select="$label"/>
        <xsl:with-param name="role" select="$role"/>
        <xsl:with-param name="content" select="$content"/>
      </xsl:call-template>
    </fo:block>
  </xsl:template>

  <xsl:template name="paragraph-attributes">
    <xsl:param name="id"/>
    <xsl:call-template name="at"/>
    <xsl:if test="$id">
      <xsl:attribute name="id"><xsl:value-of select="$id"/></xsl:attribute>
    </xsl:if>
    <xsl:if test="$paragraphs-apart">
      <xsl:attribute name="space-after"><xsl:value-of select="$paragraph-after"/></xsl:attribute>
    </xsl:if>
    <xsl:if test="$order and count(. | $kept-paragraphs) = count($kept-paragraphs)">
      <xsl:attribute name="keep-with-next.within-page">always</xsl:attribute>
      <xsl:attribute name="widows">3</xsl:attribute>
    </xsl:if>
  </xsl:template>

  <!-- In lists label and text are tagged apart. -->
  <xsl:template name="labelled">
    <xsl:param name="label"/>
    <xsl:param name="role"/>
    <xsl:param name="content"/>
    <xsl:choose>
      <xsl:when test="$role = 'LI'">
        <xsl:if test="string($label)">
          <fo:inline role="Lbl"><xsl:value-of select="$label"/></fo:inline>
          <xsl:text>&#160;</xsl:text>
        </xsl:if>
        <fo:inline role="LBody"><xsl:apply-templates select="$content"/></fo:inline>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates select="$content"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The content of the current element, which mixes runs of text with blocks: every run
       becomes a paragraph; label and id go to the first. -->
  <xsl:template name="flow">
    <xsl:param name="label"/>
    <xsl:param name="role"/>
    <xsl:param name="id"/>
    <xsl:choose>
      <xsl:when test="$role = 'LI' and not($id or *)"><!-- most items of lists -->
        <fo:block role="LI">
          <xsl:call-template name="at"/>
          <xsl:if test="$label != ''">
            <fo:inline role="Lbl"><xsl:value-of select="$label"/></fo:inline>
            <xsl:text>&#160;</xsl:text>
          </xsl:if>
          <fo:inline role="LBody"><xsl:value-of select="."/></fo:inline>
        </fo:block>
      </xsl:when>
      <xsl:when test="not(p:p or p:list or p:point or p:table)">
        <xsl:call-template name="run">
          <xsl:with-param name="label" select="$label"/>
          <xsl:with-param name="role" select="$role"/>
          <xsl:with-param name="id" select="$id"/>
          <xsl:with-param name="content" select="node()"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="mixed-flow">
          <xsl:with-param name="blocks" select="p:p | p:list | p:point | p:table"/>
          <xsl:with-param name="label" select="$label"/>
          <xsl:with-param name="role" select="$role"/>
          <xsl:with-param name="id" select="$id"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The same where there are blocks. -->
  <xsl:template name="mixed-flow">
    <xsl:param name="blocks"/>
    <xsl:param name="label"/>
    <xsl:param name="role"/>
    <xsl:param name="id"/>
    <xsl:choose>
      <xsl:when test="normalize-space($blocks[1]/preceding-sibling::text())
                      or $blocks[1]/preceding-sibling::*
                      or ($label != '' and not($blocks[1][self::p:p]))">
        <xsl:call-template name="run">
          <xsl:with-param name="label" select="$label"/>
          <xsl:with-param name="role" select="$role"/>
          <xsl:with-param name="id" select="$id"/>
          <xsl:with-param name="content" select="$blocks[1]/preceding-sibling::node()"/>
        </xsl:call-template>
        <xsl:call-template name="blocks">
          <xsl:with-param name="blocks" select="$blocks"/>
          <xsl:with-param name="role" select="$role"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="blocks">
          <xsl:with-param name="blocks" select="$blocks"/>
          <xsl:with-param name="label" select="$label"/>
          <xsl:with-param name="role" select="$role"/>
          <xsl:with-param name="id" select="$id"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The blocks of the current element, each with the run of text after it. -->
  <xsl:template name="blocks">
    <xsl:param name="blocks"/>
    <xsl:param name="label"/>
    <xsl:param name="role"/>
    <xsl:param name="id"/>
    <xsl:variable name="mixed" select="$blocks[1]/following-sibling::text()[normalize-space()]
      | $blocks[1]/following-sibling::*[not(self::p:p or self::p:list or self::p:point
                                            or self::p:table)]"/>
    <xsl:for-each select="$blocks">
      <xsl:choose>
        <xsl:when test="position() = 1">
          <xsl:apply-templates select="." mode="block">
            <xsl:with-param name="label" select="$label"/>
            <xsl:with-param name="role" select="$role"/>
            <xsl:with-param name="id" select="$id"/>
          </xsl:apply-templates>
        </xsl:when>
        <xsl:otherwise>
          <xsl:apply-templates select="." mode="block">
            <xsl:with-param name="role" select="$role"/>
          </xsl:apply-templates>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:if test="$mixed">
        <xsl:variable name="this" select="generate-id()"/>
        <xsl:variable name="tail" select="following-sibling::node()[not(self::p:p or self::p:list
          or self::p:point or self::p:table)][generate-id((preceding-sibling::p:p
          | preceding-sibling::p:list | preceding-sibling::p:point
          | preceding-sibling::p:table)[last()]) = $this]"/>
        <xsl:if test="$tail[self::* or normalize-space()]">
          <xsl:for-each select="..">
            <xsl:call-template name="run">
              <xsl:with-param name="role" select="$role"/>
              <xsl:with-param name="content" select="$tail"/>
            </xsl:call-template>
          </xsl:for-each>
        </xsl:if>
      </xsl:if>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="p:p" mode="block">
    <xsl:param name="label"/>
    <xsl:param name="role"/>
    <xsl:param name="id"/>
    <xsl:apply-templates select=".">
      <xsl:with-param name="label" select="$label"/>
      <xsl:with-param name="role" select="$role"/>
      <xsl:with-param name="id" select="$id"/>
    </xsl:apply-templates>
  </xsl:template>

  <xsl:template match="p:list" mode="block">
    <xsl:apply-templates select="."/>
  </xsl:template>

  <xsl:template match="p:table" mode="block">
    <xsl:param name="role"/>
    <xsl:choose>
      <xsl:when test="$role = 'LI'">
        <fo:block role="LI">
          <fo:block role="LBody"><xsl:apply-templates select="."/></fo:block>
        </fo:block>
      </xsl:when>
      <xsl:otherwise><xsl:apply-templates select="."/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Points one level down make a list of their own. -->
  <xsl:template match="p:point" mode="block">
    <xsl:if test="not(preceding-sibling::*[1][self::p:point])">
      <fo:block role="L">
        <xsl:call-template name="at"/>
        <xsl:if test="not(following::p:point[ancestor::p:order])">
          <xsl:attribute name="keep-with-next.within-page">always</xsl:attribute>
        </xsl:if>
        <xsl:call-template name="point-run"/>
      </fo:block>
    </xsl:if>
  </xsl:template>

  <!-- ===================================================== lists -->

  <xsl:variable name="list-marker" select="string($set/p:list/@marker)"/>

  <xsl:template match="p:list">
    <xsl:variable name="style" select="concat(@marker, substring($list-marker, 1,
                                                                 9 * not(@marker)))"/>
    <xsl:variable name="marker" select="substring($style, 1, 9 * ($style != 'none'))"/>
    <!-- only counted lists need a number for each item -->
    <xsl:variable name="counted" select="translate($marker, '1аI', '') != $marker"/>
    <fo:block role="L">
      <xsl:call-template name="at"/>
      <xsl:if test="parent::p:item">
        <xsl:attribute name="margin-left">
          <xsl:value-of select="$set/p:list/@step"/>
        </xsl:attribute>
      </xsl:if>
      <xsl:for-each select="p:item">
        <xsl:choose>
          <xsl:when test="@marker">
            <xsl:call-template name="flow">
              <xsl:with-param name="label" select="string(@marker)"/>
              <xsl:with-param name="role" select="'LI'"/>
            </xsl:call-template>
          </xsl:when>
          <xsl:when test="$counted">
            <xsl:call-template name="flow">
              <xsl:with-param name="label" select="f:format(f:index(.), $marker, f:path(..))"/>
              <xsl:with-param name="role" select="'LI'"/>
            </xsl:call-template>
          </xsl:when>
          <xsl:otherwise>
            <xsl:call-template name="flow">
              <xsl:with-param name="label" select="$marker"/>
              <xsl:with-param name="role" select="'LI'"/>
            </xsl:call-template>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
    </fo:block>
  </xsl:template>

  <!-- ===================================================== headings in free text -->

  <xsl:template match="p:h">
    <xsl:variable name="level" select="number(concat('0', @level)) + not(@level)"/>
    <fo:block xsl:use-attribute-sets="requisite-centered" role="H{$level + 1}"
              font-weight="{$set/p:appendix/@subtitle-weight}"
              space-before="{$set/p:appendix/@subtitle-before}"
              space-after="{$set/p:appendix/@subtitle-after}">
      <xsl:call-template name="at"/>
      <xsl:attribute name="text-align">
        <xsl:choose>
          <xsl:when test="@align"><xsl:value-of select="@align"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="$set/p:appendix/@subtitle-align"/></xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <xsl:attribute name="id"><xsl:value-of select="f:id(.)"/></xsl:attribute>
      <xsl:apply-templates/>
    </fo:block>
  </xsl:template>
</xsl:stylesheet>
